"""What staff close or cancel, from their own page to all that families see, and gone by itself."""

import json
import re

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.test import Client

from tests.factories import make_activity, make_time_slot, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]

SCHEMA = "https://schema.org/"
LISTS = ("/det-hander/?nar=idag", "/det-hander/?nar=veckan", "/det-hander/?nar=2026-11")


@pytest.fixture
def cafe(people):
    """An activity every day beside a labelled slot of the open preschool, both today."""
    schedule = people.preschool.schedules.get()
    schedule.slots.all().delete()
    days = ("mon", "tue", "wed", "thu", "fri")
    for day in days:
        make_time_slot(schedule, (f"{day} 9-15", {"label": "Babyöppet"}))
    return make_activity(people.preschool, name="Babycafé", when=[f"{day} 13-15" for day in days])


def page(address: str) -> str:
    return words_of(Client().get(address))


def feeds(people, cafe) -> dict[str, str]:
    house = people.centre.get_absolute_url()
    service = people.preschool.service.slug
    return {
        "house": f"{house}kalender.ics",
        "room": f"{house}{service}/kalender.ics",
        "service": f"/{service}/kalender.ics",
        "activity": f"{cafe.get_absolute_url()}kalender.ics",
        "chosen": "/det-hander/kalender.ics?hus=hjallbo",
        "date": f"{cafe.get_absolute_url()}2026-11-23-1300.ics",
    }


def shown_today(content: bytes, name: str) -> icalendar.Event:
    """What a calendar program shows of it today."""
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).at((2026, 11, 23))
    (event,) = [event for event in events if name in event["SUMMARY"]]
    return event


def slot_today(people, cafe) -> str:
    """The STATUS of the labelled slot."""
    content = Client().get(feeds(people, cafe)["room"]).content
    return str(shown_today(content, "Babyöppet")["STATUS"])


def read_today(people, cafe) -> dict[str, tuple]:
    """By calendar UID, SEQUENCE and STATUS of the café, the same by two parsers."""
    found = {}
    for name, address in feeds(people, cafe).items():
        content = Client().get(address).content
        event = shown_today(content, "Babycafé")
        (other,) = [
            each
            for each in vobject.readOne(content.decode()).contents["vevent"]
            if each.uid.value == event["UID"]
        ]
        found[name] = (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]))
        assert found[name] == (other.uid.value, int(other.sequence.value), other.status.value)
    return found


def events_of(address: str) -> dict[str, str]:
    """By date what the page says to search engines of the café."""
    html = Client().get(address).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    events = data.get("@graph") or data.get("event", [])
    return {
        event["startDate"][:10]: event["eventStatus"].removeprefix(SCHEMA)
        for event in events
        if event["name"] == "Babycafé"
    }


def assert_all_say_cancelled(people, cafe, before, why: str) -> None:
    for address in (people.centre.get_absolute_url(), cafe.get_absolute_url(), *LISTS):
        said = page(address)
        assert "Inställt" in said, address
        assert why in said, address
    for address in (people.centre.get_absolute_url(), cafe.get_absolute_url()):
        statuses = events_of(address)
        assert statuses["2026-11-23"] == "EventCancelled", address
        assert statuses["2026-11-24"] == "EventScheduled", address
    for name, (uid, sequence, status) in read_today(people, cafe).items():
        assert (uid, status) == (before[name][0], "CANCELLED"), name
        assert sequence > before[name][1], name


def assert_nothing_is_left(people, cafe) -> None:
    for address in (people.centre.get_absolute_url(), cafe.get_absolute_url(), *LISTS[:2]):
        assert "Inställt" not in page(address), address
    for address in (people.centre.get_absolute_url(), cafe.get_absolute_url()):
        assert set(events_of(address).values()) == {"EventScheduled"}


def pressed(client, address: str, **answers) -> None:
    response = client.post(address, filled(client.get(address)) | answers)
    assert response.status_code == 302, words_of(response)


def link_to(said: str, html: str) -> str:
    return re.search(rf'href="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*{said}', html)[1]


def test_closing_today_reaches_all_that_families_see(people, cafe, at_eight):
    before = read_today(people, cafe)
    assert {status for _uid, _sequence, status in before.values()} == {"CONFIRMED"}
    assert len({uid for uid, _sequence, _status in before.values()}) == 1
    teacher = signed_in(people.teacher)
    home = teacher.get(people.home).content.decode()
    pressed(teacher, link_to("Stäng öppen förskola i dag", home), reason="illness")
    assert_all_say_cancelled(people, cafe, before, "Sjukdom.")
    assert slot_today(people, cafe) == "CANCELLED"
    at_eight.move_to(stockholm(2026, 11, 24, 8))
    assert_nothing_is_left(people, cafe)


def test_date_cancelled_from_ones_centre_reaches_the_same(people, cafe, at_eight):
    before = read_today(people, cafe)
    teacher = signed_in(people.teacher)
    home = teacher.get(people.home).content.decode()
    address = f"{people.home}tillfalle/{cafe.pk}/2026-11-23/1300/"
    assert f'href="{address}stall-in/"' in home
    pressed(teacher, f"{address}stall-in/", reason="illness", note="Anna är sjuk")
    assert_all_say_cancelled(people, cafe, before, "Anna är sjuk.")
    assert slot_today(people, cafe) == "CONFIRMED"
    at_eight.move_to(stockholm(2026, 11, 24, 8))
    assert_nothing_is_left(people, cafe)


def test_taken_back_it_is_held_again_and_calendars_count_on(people, cafe):
    before = read_today(people, cafe)
    teacher = signed_in(people.teacher)
    url = f"{people.home}tillfalle/{cafe.pk}/2026-11-23/1300/"
    pressed(teacher, f"{url}stall-in/")
    cancelled = read_today(people, cafe)
    teacher.post(url, {"version": teacher.get(url).context["version"]})
    for name, (uid, sequence, status) in read_today(people, cafe).items():
        assert (uid, status) == (before[name][0], "CONFIRMED")
        assert sequence > cancelled[name][1] > before[name][1]
    assert set(events_of(cafe.get_absolute_url()).values()) == {"EventScheduled"}
