"""The weekly mail: to whom, what it says, and that it comes once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from centres.actions import claim_reminder, confirm
from centres.freshness import HouseToDo, load_houses
from centres.models import Reminder
from centres.reminders import week_of
from tests.factories import (
    make_centre,
    make_exception,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 30, 7)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def room():
    room = make_service_at_centre(centre=make_centre(name="Familjecentralen Hjällbo"))
    make_schedule(room, slots=["thu 9-12"])
    return room


@pytest.fixture
def teacher(room):
    city = make_organisation()
    return make_user(email="larare@goteborg.example", centres=[room.centre], organisations=[city])


def send(**options) -> str:
    out = StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue()


def confirm_all(by, at):
    for centre in load_houses(at):
        rooms = {room.pk for room in centre.services_here.all()}
        for fact in HouseToDo(centre, at, rooms, plans=True).facts:
            confirm(target=fact.target, fact_group=fact.group, channel=fact.channel, at=at, by=by)


def test_mail_lists_what_awaits_with_the_way_there(room, teacher, settings):
    settings.PUBLIC_URL = "https://familjeportalen.example"
    send()
    [message] = mail.outbox
    assert message.to == ["larare@goteborg.example"]
    assert message.subject == "Familjeportalen: 6 uppgifter att bekräfta och 1 helgdag utan svar"
    house = f"https://familjeportalen.example/personal/oversikt/#{room.centre.slug}"
    assert f"Familjecentralen Hjällbo\n{house}\n" in message.body
    assert "- Julafton, torsdag 24 december: öppen förskola" in message.body
    assert "nyårsafton" not in message.body.lower()  # more than 30 days away
    assert "- Huset, aldrig bekräftat: att den finns; adress och väg dit;" in message.body
    assert "https://familjeportalen.example/personal/oversikt/\n" in message.body


def test_each_gets_their_own_and_nobody_else_gets_anything(room, teacher):
    region = make_organisation("Regionen", kind="region")
    clinic = make_service_at_centre("child_health_care", centre=room.centre, organisation=region)
    make_schedule(clinic, channel="phone", slots=["mon 8-9"])
    make_user(email="bvc@vgregion.example", centres=[room.centre], organisations=[region])
    make_user("coordinator", email="samordnare@goteborg.example")
    make_user(email="utan-hus@goteborg.example")
    make_user("coordinator", email="slutat@goteborg.example", is_active=False)
    make_user("coordinator", email="ej-personal@goteborg.example", is_staff=False)
    send()
    bodies = {message.to[0]: message.body for message in mail.outbox}
    told = {
        who: {name for name in ("Öppen förskola, ", "Barnhälsovård (BVC), ") if name in body}
        for who, body in bodies.items()
    }
    assert told == {
        "larare@goteborg.example": {"Öppen förskola, "},
        "bvc@vgregion.example": {"Barnhälsovård (BVC), "},
        "samordnare@goteborg.example": {"Öppen förskola, ", "Barnhälsovård (BVC), "},
    }


def test_nothing_is_sent_until_90_days_after_everything_was_confirmed(room, teacher, clock):
    make_exception(room, kind="as_usual", first_day=MONDAY.date(), last_day=None)
    confirm_all(teacher, MONDAY)
    for days, mails in [(0, 0), (89, 0), (91, 1)]:
        clock.move_to(MONDAY + timedelta(days=days), tick=False)
        send()
        assert len(mail.outbox) == mails, days
    assert "Huset, bekräftat för 91 dagar sedan: " in mail.outbox[0].body


def test_one_mail_a_week_however_often_it_runs(teacher, clock):
    for days, mails in [(0, 1), (0, 1), (6, 1), (7, 2), (8, 2)]:
        clock.move_to(MONDAY + timedelta(days=days), tick=False)
        send()
        assert len(mail.outbox) == mails, days


def test_week_is_claimed_once(teacher):
    week = week_of(MONDAY.date())
    assert [claim_reminder(user=teacher, week=week) for _ in range(2)] == [True, False]
    assert not claim_reminder(user=teacher, week=week - timedelta(days=7))


def test_dry_run_shows_the_mails_and_sends_and_notes_nothing(teacher):
    shown = send(dry_run=True)
    assert "To: larare@goteborg.example" in shown
    assert "Julafton" in shown
    assert not mail.outbox
    assert not Reminder.objects.exists()


def test_mail_that_fails_is_tried_again_and_keeps_nobody_else_waiting(room, teacher, monkeypatch):
    make_user("coordinator", email="samordnare@goteborg.example")
    sends = EmailMessage.send

    def fail_for_teacher(message):
        if message.to == [teacher.email]:
            raise ConnectionRefusedError
        return sends(message)

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", fail_for_teacher)
        with pytest.raises(CommandError, match="1 could not be sent"):
            send()
    assert [message.to for message in mail.outbox] == [["samordnare@goteborg.example"]]
    send()
    assert [message.to for message in mail.outbox][1:] == [["larare@goteborg.example"]]


def test_many_houses_come_in_numbers(room, teacher):
    for number in range(4):
        make_centre(name=f"Hus {number}")
    make_user("coordinator", email="samordnare@goteborg.example")
    send()
    body = next(m.body for m in mail.outbox if m.to == ["samordnare@goteborg.example"])
    assert "- Familjecentralen Hjällbo: 6 uppgifter att bekräfta, 1 helgdag utan svar" in body
    assert "- Hus 0: 3 uppgifter att bekräfta" in body
    assert "Huset" not in body
