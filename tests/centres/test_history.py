"""Who changed what when, as staff read it, and putting an earlier version back."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.actions import save_activity, save_centre, save_exception, save_schedule
from centres.models import (
    Activity,
    ExceptionSlot,
    Recurrence,
    Schedule,
    ScheduleException,
    TimeSlot,
)
from tests.factories import (
    make_activity,
    make_centre,
    make_centre_text,
    make_change,
    make_contact_person,
    make_district,
    make_exception,
    make_notice,
    make_schedule,
    make_service_at_centre,
    make_user,
    recurrence_fields,
    stockholm,
)

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'href="([^"]+/restore/)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def clock():
    """`clock()` lets an hour go by, so that what follows is another save."""
    with time_machine.travel(stockholm(2026, 11, 2, 8), tick=True) as traveller:
        yield lambda: traveller.shift(timedelta(hours=1))


@pytest.fixture
def room(clock):
    room = make_service_at_centre(phone="031-365 00 00")
    clock()
    return room


@pytest.fixture
def teacher(room):
    return make_user(
        centres=[room.centre], organisations=[room.organisation], first_name="Tea", last_name="Ek"
    )


@pytest.fixture
def coordinator():
    return make_user("coordinator")


def history(row) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    return reverse(name, args=[row.pk])


def read(client, url) -> str:
    """The text of a page without its tags."""
    response = client.get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def versions(client, row) -> list[str]:
    """Where earlier versions are put back, newest first."""
    return BUTTON.findall(client.get(history(row)).content.decode())


def put_back(client, url):
    seen = SEEN.search(client.get(url).content.decode())
    return client.post(url, {"seen": seen[1]}, follow=True)


def change(row, by, **values):
    for field, value in values.items():
        setattr(row, field, value)
    row._history_user = by
    row.save()


def slot(weekday=1, opens_at=9, closes_at=12, **more) -> TimeSlot:
    return TimeSlot(weekday=weekday, opens_at=time(opens_at), closes_at=time(closes_at), **more)


def week(schedule) -> list[str]:
    return [str(slot) for slot in schedule.slots.all()]


# --- Reading -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("nappy_table", True, "Skötbord: inte angivet → ja"),
        ("nappy_table", False, "Skötbord: inte angivet → nej"),
        ("status", "building", "Läge: i drift → byggs"),
        ("opened_on", date(2027, 3, 1), "Öppnade första gången: inte angivet → 1 mars 2027"),
        ("street", "Vintergatan 1A", "Gata och nummer: inte angivet → Vintergatan 1A"),
        ("stop_kind", "tram", "Slags hållplats: inte angivet → spårvagn"),
    ],
)
def test_change_of_a_house_is_read_in_words(client, room, teacher, field, value, expected):
    client.force_login(teacher)
    change(room.centre, teacher, **{field: value})
    text = read(client, history(room.centre))
    assert expected in text
    assert "Tea Ek" in text
    assert "2 november 2026 09.00" in text


def test_related_rows_and_languages_are_read_by_name(client, room, coordinator, clock):
    client.force_login(coordinator)
    change(room.centre, coordinator, district=make_district("Örgryte"))
    change(room, coordinator, languages=["sv", "so"])
    assert "Stadsdel: Angered → Örgryte" in read(client, history(room.centre))
    assert "talar: inte angivet → svenska, somaliska" in read(client, history(room))


def test_changes_of_what_belongs_to_a_room_stand_in_its_history(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-15"])
    clock()
    change(schedule.slots.get(), teacher, closes_at=time(14))
    clock()
    make_exception(room, kind="extra", slots=["9-10"])
    clock()
    make_notice(room, heading="Ny entré")
    clock()
    schedule.delete()
    text = read(client, history(room))
    in_order = [
        "Öppettider: öppet utan tidsbokning 2026-01-01 – tills vidare – borttaget",
        "Ny entré",
        "Avvikande öppettider: extra öppet 2026-11-23 – tillagt",
        "Stänger: 15.00 → 14.00",
        "Pass: måndag 09.00–15.00 – tillagt",
    ]
    places = [text.index(words) for words in in_order]
    assert places == sorted(places)


def test_words_of_a_house_stand_in_its_history(client, room, teacher, clock):
    client.force_login(teacher)
    words = make_centre_text(room.centre, cost="Gratis.")
    clock()
    change(words, teacher, cost="Fikat kostar.")
    assert "Kostnad: Gratis. → Fikat kostar." in read(client, history(room.centre))


def test_personal_details_are_not_read(client, room, coordinator, clock):
    client.force_login(coordinator)
    details = {"name": "Anna Exempel", "phone": "031-365 00 02", "languages": "finska"}
    person = make_contact_person(room, approved_on=date(2026, 1, 1), **details)
    clock()
    change(person, coordinator, role="barnmorska", name="Anna Annan")
    for row in (room, person):
        text = read(client, history(row))
        assert "förskollärare → barnmorska" in text
        assert not re.search("Annan|365 00 02|finska", text)
    assert versions(client, person) == []


def test_week_that_is_written_anew_tells_only_what_differs(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-12", "tue 9-12"])
    clock()
    save_schedule(schedule=schedule, by=teacher, slots=[slot(1), slot(2, 10)])
    newest = read(client, history(schedule)).split("Tea Ek")[1]
    assert "tisdag 10.00–12.00 – tillagt" in newest
    assert "tisdag 09.00–12.00 – borttaget" in newest
    assert newest.count("måndag 09.00–12.00") == 1  # when it was first written


def test_longer_history_asks_the_database_no_more(client, room, coordinator, clock):
    client.force_login(coordinator)
    schedule = make_schedule(room, slots=["mon 9-12"])

    def write():
        change(schedule.slots.first(), coordinator, label="Babyöppet")
        change(make_exception(room), coordinator, note="x")
        change(make_notice(room), coordinator, severity="alert")
        change(room, coordinator, phone=f"031-365 00 0{len(str(room.phone)) % 9}")
        clock()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(history(room)).status_code == 200
        return len(asked)

    write()
    few = queries()
    for _ in range(8):
        write()
    assert queries() <= few <= 18
    assert len(client.get(history(room)).context["page_obj"]) == 50
    assert client.get(history(room), {"p": 2}).status_code == 200


def test_save_that_a_page_cuts_in_two_is_put_back_from_its_whole_only(
    client, room, coordinator, clock
):
    """The rest of it, on the next page, is half of what was saved."""
    client.force_login(coordinator)
    schedule = make_schedule(room)
    clock()
    save_schedule(schedule=schedule, by=coordinator, slots=[slot(opens_at=n) for n in range(8)])
    for number in range(46):
        clock()
        change(schedule, coordinator, valid_from=date(2026, 1, 2 + number % 2))
    pages = [client.get(history(schedule), {"p": p}).context for p in (1, 2)]
    marked = [[save.may_be_put_back for save in page["saves"]] for page in pages]
    assert marked == [[False, *[True] * 46], [False, True]]


def test_history_of_what_is_gone_is_not_found(client, room, coordinator):
    client.force_login(coordinator)
    url = history(make_exception(room))
    ScheduleException.objects.all().delete()
    assert client.get(url).status_code == 404


# --- Putting back --------------------------------------------------------------------------------
def test_house_is_put_back_by_its_editor_without_what_is_planned(
    client, room, teacher, coordinator, clock
):
    client.force_login(teacher)
    house, name = room.centre, room.centre.name
    change(house, teacher, street="Gamla gatan 1")
    words = make_centre_text(house, cost="Gratis.")
    clock()
    change(house, coordinator, street="Nya gatan 2", name="Nya namnet")
    change(words, coordinator, cost="Dyrt.")
    url = versions(client, house)[0]
    page = read(client, url)
    assert "Gata och nummer: Nya gatan 2 → Gamla gatan 1" in page
    assert "Kostnad: Dyrt. → Gratis." in page
    assert "återställs inte här: namn." in page
    assert "Återställt till hur det var 2 november 2026 kl. 09.00." in read_of(
        put_back(client, url)
    )
    house.refresh_from_db()
    words.refresh_from_db()
    assert (house.street, house.name, words.cost) == ("Gamla gatan 1", "Nya namnet", "Gratis.")
    assert house.name != name
    newest = house.history.first()
    assert newest.history_user == teacher
    assert newest.history_change_reason == "Återställt till hur det var 2 november 2026 kl. 09.00"
    assert newest.history_change_reason in read(client, history(house))


def read_of(response) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_name_and_address_are_put_back_by_a_coordinator(client, room, coordinator, clock):
    client.force_login(coordinator)
    house, slug = room.centre, room.centre.slug
    house.slug = "en-annan"
    save_centre(centre=house, by=coordinator)
    put_back(client, versions(client, house)[0])
    house.refresh_from_db()
    assert house.slug == slug
    assert [former.slug for former in house.former_slugs.all()] == ["en-annan"]


def test_schedule_is_put_back_with_its_slots_once(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-12", ("wed 13-16 odd", {"label": "Babyöppet"})])
    before = week(schedule)
    clock()
    schedule.valid_to = date(2026, 12, 18)
    save_schedule(schedule=schedule, by=teacher, slots=[slot(5)])
    clock()
    url = versions(client, schedule)[0]
    seen = SEEN.search(client.get(url).content.decode())[1]
    client.post(url, {"seen": seen})
    schedule.refresh_from_db()
    assert (week(schedule), schedule.valid_to) == (before, None)
    assert schedule.slots.last().label == "Babyöppet"
    assert {s.history.first().history_user for s in schedule.slots.all()} == {teacher}
    count = Schedule.history.count(), TimeSlot.history.count()
    again = client.post(url, {"seen": seen}, follow=True)
    assert "Inget är ändrat." in read_of(again)
    assert (Schedule.history.count(), TimeSlot.history.count()) == count


def test_activity_is_put_back_with_its_times_and_cancelled_dates_stay(client, room, teacher, clock):
    client.force_login(teacher)
    activity = make_activity(room, name="Babycafé")
    clock()
    text, times = activity.texts.get(), [Recurrence(**recurrence_fields("wed 9-11"))]
    text.name = "Knattecafé"
    save_activity(activity=activity, by=teacher, texts=[text], recurrences=times)
    clock()
    make_change(activity, "2026-11-25 9")
    put_back(client, versions(client, activity)[-1])
    assert str(Activity.objects.get()) == "Babycafé"
    assert [str(time) for time in activity.recurrences.all()] == ["tisdag 13.00–15.00"]
    assert activity.changes.count() == 1
    assert "inställt 2026-11-25" in read(client, history(activity))


def test_exception_is_put_back_with_its_hours(client, room, teacher, clock):
    client.force_login(teacher)
    exception = make_exception(room, kind="replaced", slots=["13-15"])
    clock()
    exception.kind, exception.note = "closed", "Sjuka"
    save_exception(exception=exception, by=teacher, slots=[])
    put_back(client, versions(client, exception)[0])
    exception.refresh_from_db()
    assert (exception.kind, exception.note) == ("replaced", "")
    assert str(ExceptionSlot.objects.get()) == "13.00–15.00"


def test_notice_is_put_back_with_its_words(client, room, teacher, clock):
    client.force_login(teacher)
    notice = make_notice(room, heading="Ny entré")
    clock()
    change(notice, teacher, severity="alert")
    change(notice.texts.get(), teacher, heading="Stängt")
    put_back(client, versions(client, notice)[0])
    notice.refresh_from_db()
    assert (notice.severity, notice.texts.get().heading) == ("info", "Ny entré")


# --- Refused -------------------------------------------------------------------------------------
def test_schedule_that_would_clash_is_not_put_back(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-12"])
    clock()
    change(schedule, teacher, valid_to=date(2026, 6, 30))
    make_schedule(room, valid_from=date(2026, 8, 1))
    count = Schedule.history.count()
    response = put_back(client, versions(client, schedule)[0])
    assert "Här finns redan ordinarie tider" in read_of(response)
    schedule.refresh_from_db()
    assert schedule.valid_to == date(2026, 6, 30)
    assert Schedule.history.count() == count


def test_closure_in_which_something_would_open_is_not_put_back(client, room, teacher, clock):
    client.force_login(teacher)
    days = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
    exception = make_exception(room, **days)
    clock()
    change(exception, teacher, first_day=date(2026, 11, 26))
    make_exception(room, kind="extra", first_day=date(2026, 11, 24), slots=["9-10"])
    response = put_back(client, versions(client, exception)[0])
    assert "skulle det ändå vara öppet" in read_of(response)
    exception.refresh_from_db()
    assert exception.first_day == date(2026, 11, 26)


def test_what_has_changed_since_it_was_shown_is_not_put_back(client, room, teacher, clock):
    client.force_login(teacher)
    change(room, teacher, phone="031-365 00 01")
    url = versions(client, room)[0]
    seen = SEEN.search(client.get(url).content.decode())[1]
    clock()
    change(room, teacher, email="hjallbo@goteborg.example")
    for sent in (seen, "", "x"):
        response = client.post(url, {"seen": sent})
        assert "Det här har ändrats sedan du öppnade sidan" in read_of(response)
    room.refresh_from_db()
    assert room.phone == "031-365 00 01"


def test_other_peoples_rows_are_not_put_back(client, room, teacher, coordinator, clock):
    other = make_service_at_centre(phone="031-365 00 08")
    closure = make_exception(room.centre)
    clock()
    change(other, coordinator, phone="031-365 00 09")
    change(closure, coordinator, note="Målning")
    urls = {}
    client.force_login(coordinator)
    for row in (other, closure):
        urls[row] = versions(client, row)[0]
    client.force_login(teacher)
    for row, url in urls.items():
        assert versions(client, row) == []
        assert client.get(url).status_code == 403
        assert client.post(url, {"seen": "x"}).status_code == 403
        row.refresh_from_db()
    assert (other.phone, closure.note) == ("031-365 00 09", "Målning")


def test_version_of_another_row_or_of_none_is_not_found(client, room, teacher, clock):
    client.force_login(teacher)
    clock()
    change(room, teacher, phone="031-365 00 01")
    url = versions(client, room)[0]
    assert client.get(url.replace(str(room.pk), str(make_centre().pk))).status_code == 404
    for version in ("1", "9" * 30):
        wrong = re.sub(r"/\d+/restore/", f"/{version}/restore/", url)
        assert client.get(wrong).status_code == 404
        assert client.post(wrong, {"seen": "x"}).status_code == 404


def test_room_is_not_put_back_to_when_nobody_had_stated_languages(client, room, teacher, clock):
    client.force_login(teacher)
    change(room, teacher, languages=["sv"])
    assert "Välj minst ett språk" in read_of(put_back(client, versions(client, room)[0]))
