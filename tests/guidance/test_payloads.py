"""What is left of attempts to run a script once they are cleaned."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.rich_text import ATTRIBUTES, TAGS, clean
from tests.guidance.payloads import FAMILIES, PAYLOADS


class Strict(HTMLParser):
    """Refuses every tag and attribute that is not allowed."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | {"rel"}, name
            if name in ("href", "src"):
                address = (value or "").lower()
                assert address.startswith(("http://", "https://", "mailto:", "tel:", "/", "#")), (
                    address
                )
                assert not address.startswith(("//", "/\\")), address

    def unknown_decl(self, data):
        raise AssertionError(data)

    handle_comment = handle_pi = handle_decl = unknown_decl


def assert_harmless(html: str):
    reader = Strict()
    reader.feed(html)
    reader.close()


def test_there_are_more_than_a_hundred():
    assert len(set(PAYLOADS)) == sum(map(len, FAMILIES.values())) > 150


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_is_left(payload):
    cleaned = clean(payload)
    assert_harmless(cleaned)
    assert clean(cleaned) == cleaned


@given(st.lists(st.sampled_from(PAYLOADS) | st.text(max_size=8), max_size=5).map("".join))
def test_payloads_in_a_row_are_cleaned_once_and_for_all(html):
    cleaned = clean(html)
    assert_harmless(cleaned)
    assert clean(cleaned) == cleaned
