"""What the weekly mail says of texts, and to whom."""

from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from guidance.actions import create_draft, take_step
from guidance.publishing import Step
from tests.factories import make_guide, make_user, stockholm

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 30, 7)


def test_the_weekly_mail_tells_writers_and_reviewers_of_texts():
    make_guide(words={"title": "Om natten", "next_review_on": "2026-12-15"})
    make_guide(words={"title": "Om maten", "next_review_on": "2027-06-15"})
    anna, eva = make_user("communicator"), make_user("reviewer")
    make_user("editor")
    draft = create_draft(owner=make_guide(words={}), by=anna, at=MONDAY)
    take_step(version=draft, step=Step.SUBMIT, by=anna, at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        call_command("send_reminders", stdout=StringIO())
        call_command("send_reminders", stdout=StringIO())
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {anna.email, eva.email}
    assert len(mail.outbox) == 2
    assert letters[anna.email].subject == "Familjeportalen: 1 text att se över"
    assert "- Om natten (senast 15 december 2026)" in letters[anna.email].body
    assert "Om maten" not in letters[anna.email].body
    assert letters[eva.email].subject == "Familjeportalen: 1 text att granska"
    assert "http://localhost/personal/publicera/" in letters[eva.email].body
