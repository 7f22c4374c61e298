"""Activities are asked about, listed, mailed and warned of like any other fact."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from centres.models import Confirmation, Recurrence
from tests.centres.staff.people import make_people, signed_in, words_of
from tests.factories import make_activity, make_confirmation, make_schedule, stockholm

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 23, 8)
LABEL = "Öppen förskola: aktiviteterna"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def cafe(people):
    return make_activity(people.preschool, name="Babycafé")


def confirmed(people, day) -> None:
    make_confirmation(
        people.preschool, fact_group="activities", channel="", confirmed_at=stockholm(*day, 8)
    )


def said_everywhere(people) -> dict[str, str]:
    """What the coordinator's CSV, the overview, the mail and the house's page ask of activities."""
    coordinator = signed_in(people.coordinator)
    content = coordinator.get("/personal/oversikt.csv").content.decode("utf-8-sig")
    rows = csv.DictReader(content.splitlines(), delimiter=";")
    overview = coordinator.get("/personal/oversikt/", {"stadsdel": "angered"}).content.decode()
    out = StringIO()
    call_command("send_reminders", dry_run=True, stdout=out)
    lines = [line for line in out.getvalue().splitlines() if "aktiviteter" in line]
    page = signed_in(people.teacher).get(people.home).context["page"]
    return {
        "csv": "; ".join(row["Läge"] for row in rows if row["Uppgift"] == "aktiviteter"),
        "overview": "aktiviteter" if ">Aktiviteter</a>" in overview else "",
        "mail": lines[0] if lines else "",
        "page": "; ".join(fact.when for fact in page.to_confirm if fact.label == LABEL),
    }


@pytest.mark.parametrize(
    ("day", "csv_says", "mail_says", "page_says"),
    [
        (None, "aldrig bekräftat", "aldrig bekräftat", "aldrig bekräftat av er"),
        ((2026, 8, 26), "", "", ""),
        ((2026, 8, 24), "över 90 dagar", "för 91 dagar sedan", "bekräftat 24 augusti 2026"),
        ((2026, 5, 26), "över 180 dagar", "för 181 dagar sedan", "bekräftat 26 maj 2026"),
    ],
)
def test_asked_about_everywhere_when_due(people, cafe, day, csv_says, mail_says, page_says):
    if day:
        confirmed(people, day)
    said = said_everywhere(people)
    assert said["csv"] == csv_says
    assert said["page"] == page_says
    assert mail_says in said["mail"]
    assert bool(said["overview"]) == bool(csv_says) == bool(said["mail"])


def test_copied_times_are_asked_about_although_the_old_ones_were_just_confirmed(people, cafe):
    confirmed(people, (2026, 11, 20))
    assert not any(said_everywhere(people).values())
    cafe.recurrences.update(awaits_confirmation=True)
    said = said_everywhere(people)
    words = "nya tider som ingen har bekräftat"
    assert (said["csv"], said["page"]) == (words, words)
    assert words in said["mail"]
    assert said["overview"]


def test_copied_hours_are_asked_about_too(people):
    make_confirmation(people.preschool, confirmed_at=MONDAY)
    make_schedule(
        people.preschool,
        valid_from=date(2027, 1, 11),
        awaits_confirmation=True,
        slots=["mon 9-15"],
    )
    content = signed_in(people.coordinator).get("/personal/oversikt.csv").content
    assert "öppettider, öppet utan tidsbokning;nya tider som ingen har bekräftat" in (
        content.decode("utf-8-sig")
    )


def test_one_button_confirms_and_then_nobody_asks(people, cafe):
    cafe.recurrences.update(awaits_confirmation=True)
    teacher = signed_in(people.teacher)
    page = teacher.get(people.home)
    fact = next(fact for fact in page.context["page"].to_confirm if fact.label == LABEL)
    assert fact.value == "Babycafé (tisdag 13.00–15.00, 1 januari 2026 – 31 december 2026)"
    assert teacher.get(fact.where_to_change, follow=True).status_code == 200
    answer = {"fact": fact.key, "version": fact.version}
    told = words_of(teacher.post(f"{people.home}stammer/", answer, follow=True))
    assert f"Bekräftat i dag: {LABEL}." in told
    row = Confirmation.objects.get(fact_group="activities")
    assert (row.origin, row.confirmed_by) == ("staff", people.teacher)
    assert not Recurrence.objects.filter(awaits_confirmation=True).exists()
    assert not any(said_everywhere(people).values())


@pytest.mark.parametrize(
    ("fields", "recurrence"),
    [({"status": "draft"}, "tue 13-15"), ({}, "2026-11-20 9-11")],
)
def test_drafts_and_what_is_over_are_nobodys_to_confirm(people, fields, recurrence):
    make_activity(people.preschool, when=[recurrence], **fields)
    assert not any(said_everywhere(people).values())


@pytest.mark.parametrize(
    ("day", "is_warned"), [(None, True), ((2026, 5, 28), False), ((2026, 5, 26), True)]
)
def test_readers_are_told_to_call_after_180_days(people, cafe, day, is_warned):
    if day:
        confirmed(people, day)
    page = words_of(Client().get(cafe.get_absolute_url()))
    assert ("Ring före besök: 031-365 00 00" in page) == is_warned
    programme = words_of(Client().get("/det-hander/?nar=2026-11-24"))
    assert ("ring före besök" in programme) == is_warned
    calendar = Client().get(f"{cafe.get_absolute_url()}kalender.ics").content.decode()
    unfolded = calendar.replace("\r\n ", "")
    assert ("Ring före besök." in unfolded) == is_warned


def test_sent_mail_names_the_activities(people, cafe):
    call_command("send_reminders", stdout=StringIO())
    teachers = [message for message in mail.outbox if message.to == [people.teacher.email]]
    assert "aktiviteter" in teachers[0].body
