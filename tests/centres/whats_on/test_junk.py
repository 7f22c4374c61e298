"""Whatever stands in the programme's address: an answer, and nothing of it unescaped."""

import pytest

from centres.whats_on.asked import ProgrammeForm
from tests.centres.test_finder_junk import JUNK
from tests.factories import make_activity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_in_any_field_is_answered_and_escaped(client, junk):
    make_activity(when=["mon 9-10"])
    sent = junk.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in [*ProgrammeForm.base_fields, "okand"]:
        response = client.get("/det-hander/", {name: sent})
        assert response.status_code == 200, name
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert len(page) < 100_000


def test_what_cannot_be_read_is_named(client):
    query = {"nar": "2026-v99", "alder": "gammal", "hus": "finns-inte", "sprak": "xx"}
    page = client.get("/det-hander/", query).content.decode()
    assert "Vi förstod inte åldern, språket, dagarna och huset i länken" in " ".join(page.split())
