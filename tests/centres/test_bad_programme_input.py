"""What cannot be in a programme, wherever it is written: a sentence that helps, nothing saved."""

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from centres.models import Activity, OccurrenceChange, Recurrence
from tests.centres.staff.people import EIGHT, filled, make_people, signed_in, words_of
from tests.centres.test_activity_admin import changed, data, when
from tests.centres.test_admin import change, page
from tests.factories import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(EIGHT, tick=False)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def cafe(people):
    return make_activity(people.preschool, name="Babycafé")


def in_admin(people, cafe, **slip) -> str:
    sent = data(people.preschool, when(**slip))
    return words_of(signed_in(people.teacher).post(page(Activity, "add"), sent))


def in_csv(people, cafe, old: str, new: str) -> str:
    client = signed_in(people.coordinator)
    content = client.get("/personal/import/aktiviteter.csv").content.decode("utf-8-sig")
    assert old in content
    upload = SimpleUploadedFile("fil.csv", content.replace(old, new).encode())
    return words_of(client.post("/personal/import/", {"file": upload}))


def pasted(people, cafe, text: str, **slip) -> str:
    client = signed_in(people.teacher)
    url = f"{people.home}{people.preschool.service.slug}/klistra-in/"
    looked_at = client.post(url, {"text": text, "do": "read"})
    rows = looked_at.context["rows"]
    typed = filled(None, looked_at.context["form"], rows.management_form, *rows)
    typed |= {"last_day": "2027-06-11", "rows-0-include": "on", "do": "save"}
    typed |= {f"rows-0-{name}": value for name, value in slip.items()}
    return words_of(client.post(url, typed, follow=True))


def in_term(people, cafe, first_day: str, last_day: str) -> str:
    client = signed_in(people.teacher)
    url = f"{people.home}ny-termin/aktiviteter/"
    days = {"first_day": first_day, "last_day": last_day, "activities": [str(cafe.pk)]}
    return words_of(client.post(url, filled(client.get(url)) | days | {"do": "save"}))


def moved(people, cafe, **slip) -> str:
    client = signed_in(people.teacher)
    url = f"{people.home}tillfalle/{cafe.pk}/2026-11-24/1300/flytta/"
    return words_of(client.post(url, filled(client.get(url)) | slip))


def cancelled_in_admin(people, cafe, day: str, starts_at: str) -> str:
    row = {"day": day, "starts_at": starts_at, "kind": "cancelled"}
    return words_of(signed_in(people.teacher).post(change(cafe), changed(cafe, row)))


def cancelled_on_page(people, cafe, when: str) -> str:
    client = signed_in(people.teacher)
    response = client.post(f"{people.home}tillfalle/{cafe.pk}/{when}/stall-in/")
    assert response.status_code == 404
    return words_of(response)


NEVER = "infaller aldrig"
ENDS_FIRST = "Sluttiden måste vara senare"
LAST_FIRST = "Sista dagen ligger före första dagen"
TABLE = {
    "never, admin": (in_admin, {"first": "2026-12-02", "last": "2026-12-07"}, NEVER),
    "never, CSV": (in_csv, {"old": "2026-12-31", "new": "2026-01-02"}, NEVER),
    "never, paste": (
        pasted,
        {
            "text": "Tisdagar 13-15 spädbarnsmassage",
            "first_day": "2027-01-13",
            "last_day": "2027-01-18",
        },
        NEVER,
    ),
    "never, fifth of a month": (
        in_admin,
        {"first": "2026-12-01", "last": "2026-12-28", "nth_in_month": "5"},
        NEVER,
    ),
    "never, new term": (
        in_term,
        {"first_day": "2027-01-13", "last_day": "2027-01-16"},
        "Får ingen ny tid",
    ),
    "end first, admin": (in_admin, {"ends_at": "12"}, ENDS_FIRST),
    "end first, CSV": (in_csv, {"old": "13:00;15:00", "new": "13:00;12:00"}, ENDS_FIRST),
    "end first, paste": (
        pasted,
        {"text": "Tisdagar 13-15 spädbarnsmassage", "ends_at": "12:00"},
        ENDS_FIRST,
    ),
    "end first, page": (moved, {"new_day": "2026-11-25", "new_ends_at": "12:00"}, ENDS_FIRST),
    "last day first, admin": (in_admin, {"last": "2026-11-01"}, LAST_FIRST),
    "last day first, CSV": (in_csv, {"old": "2026-12-31", "new": "2025-12-31"}, LAST_FIRST),
    "last day first, paste": (
        pasted,
        {
            "text": "Tisdagar 13-15 spädbarnsmassage",
            "first_day": "2027-01-13",
            "last_day": "2027-01-12",
        },
        LAST_FIRST,
    ),
    "last day first, new term": (
        in_term,
        {"first_day": "2027-01-13", "last_day": "2027-01-12"},
        "Sista dagen måste vara efter den första",
    ),
    "nothing planned, admin": (
        cancelled_in_admin,
        {"day": "2026-11-25", "starts_at": "13"},
        "Inget var planerat onsdag 25 november",
    ),
    "another start, admin": (
        cancelled_in_admin,
        {"day": "2026-11-24", "starts_at": "14"},
        "Inget börjar 14.00 tisdag 24 november. Den dagen börjar aktiviteten 13.00.",
    ),
    "nothing planned, page": (cancelled_on_page, {"when": "2026-11-25/1300"}, "finns inte"),
    "no day, page": (cancelled_on_page, {"when": "2026-02-30/1300"}, "finns inte"),
    "nothing planned, paste": (
        pasted,
        {"text": "Ons 25/11 inget babycafé"},
        "Ingen aktivitet som heter ”Babycafé” är planerad då.",
    ),
}


@pytest.mark.parametrize(("way", "slip", "said"), TABLE.values(), ids=TABLE)
def test_what_cannot_be_is_told_and_nothing_is_saved(people, cafe, way, slip, said):
    assert said in way(people, cafe, **slip)
    assert (Activity.objects.count(), Recurrence.objects.count()) == (1, 1)
    assert not OccurrenceChange.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/det-hander/kalender.ics?alder=-1&sprak=xx&dag=bl%C3%A5ndag", 200),
        ("/det-hander/kalender.ics?plats=%00&tid=%00", 200),
        (f"/det-hander/kalender.ics?plats={'x' * 10_000}", 200),
        ("/det-hander/kalender.ics?alder=%FF%FE&hus[]=1&hus=a&hus=b", 200),
        ("/det-hander/skrap/kalender.ics", 404),
        ("/det-hander/00000000-0000-0000-0000-000000000000/kalender.ics", 404),
        ("/familjecentraler/hj%00llbo/kalender.ics", 404),
        ("/familjecentraler/hjallbo/skrap/kalender.ics", 404),
        ("/{cafe}/2026-02-30.ics", 404),
        ("/{cafe}/2026-11-25-1300.ics", 404),
        ("/{cafe}/2026-11-24-9999.ics", 404),
    ],
)
def test_feed_of_junk_is_a_calendar_or_a_page_that_says_what_is_wrong(
    people, cafe, address, status
):
    response = Client().get(address.replace("/{cafe}/", cafe.get_absolute_url()))
    assert response.status_code == status
    if status == 200:
        calendar = icalendar.Calendar.from_ical(response.content)
        assert "Vi förstod inte" in calendar["DESCRIPTION"]
    else:
        assert "finns inte" in words_of(response)
