"""Example data laid where there is nothing yet, beside what is there, and by the command."""

import re
import stat
from datetime import date
from io import StringIO
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command

from centres.known_facts import add_missing, read_known_facts
from centres.models import (
    Confirmation,
    FamilyCentre,
    Schedule,
)
from familjeportal.accounts.models import User
from familjeportal.home.demo import is_seeded, seed
from familjeportal.home.demo.accounts import accounts_file, new_password
from tests.factories import make_confirmation

from .test_demo import MONDAY, every_row, room


@pytest.fixture
def here(settings, tmp_path):
    """The file of accounts goes to a folder of the test's own."""
    settings.BASE_DIR = tmp_path


def seed_demo(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_seed_in_summer_lays_no_schedules_over_each_other():
    seed(date(2027, 7, 25))
    channels = {}
    for schedule in Schedule.objects.all():
        key = (schedule.service_at_centre_id, schedule.channel, schedule.kind)
        channels.setdefault(key, []).append(schedule)
    for schedules in channels.values():
        for one, other in combinations(schedules, 2):
            assert one.valid_to < other.valid_from or other.valid_to < one.valid_from


def test_seed_overwrites_no_known_fact(db):
    add_missing(read_known_facts())
    before = {model: {row["id"]: row for row in rows} for model, rows in every_row().items()}
    seed(MONDAY)
    for model, rows in every_row().items():
        if model is Confirmation:
            continue
        after = {row["id"]: row for row in rows}
        for pk, row in before[model].items():
            known = {name: value for name, value in row.items() if value not in (None, "", [])}
            assert known.items() <= after[pk].items(), row


@pytest.mark.django_db
def test_seed_fills_nothing_in_a_group_that_staff_have_confirmed():
    add_missing(read_known_facts())
    make_confirmation(room("hjallbo", "oppen-forskola"), fact_group="contact")
    seed(MONDAY)
    assert room("hjallbo", "oppen-forskola").phone == ""
    assert room("hjallbo", "bvc").phone != ""


# --- The command ----------------------------------------------------------------------------------


def test_command_makes_accounts_and_writes_their_passwords_down(db, here):
    out = seed_demo()
    lines = accounts_file().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert all(line in out for line in lines)
    assert stat.S_IMODE(accounts_file().stat().st_mode) == 0o600
    for line in lines:
        email, password, _who = line.split(maxsplit=2)
        user = User.objects.get(email=email)
        assert user.is_staff
        assert len(password) >= 14
        assert user.check_password(password)


def test_command_gives_each_account_its_role_and_its_place(db, here):
    seed_demo()
    roles = {u.email.split("@")[0]: u.role for u in User.objects.all()}
    assert roles == {
        "administrator": User.Role.ADMINISTRATOR,
        "samordnare": User.Role.COORDINATOR,
        "forskollarare.hjallbo": User.Role.EDITOR,
        "sjukskoterska.hjallbo": User.Role.EDITOR,
        "kommunikator": User.Role.COMMUNICATOR,
        "granskare": User.Role.REVIEWER,
    }
    nurse = User.objects.get(email__startswith="sjukskoterska")
    assert nurse.centre_memberships.get().centre.slug == "hjallbo"
    employer = nurse.organisation_memberships.get().organisation
    assert employer == room("hjallbo", "bvc").organisation
    assert not User.objects.real().exists()


@pytest.mark.parametrize("options", [{}, {"if_needed": True}])
def test_command_a_second_time_only_prints_the_accounts(db, here, options):
    seed_demo()
    before, written = every_row(), accounts_file().read_text(encoding="utf-8")
    out = seed_demo(**options)
    assert all(line in out for line in written.splitlines())
    assert every_row() == before


def test_command_prints_codes_that_pass_the_second_step_until_they_are_used(db, here, client):
    line, codes = seed_demo().split("administrator@")[1].splitlines()[:2]
    first, *others = codes.split()
    assert len(others) == 9
    email = "administrator@familjeportalen.example"
    client.post("/personal/logga-in/", {"login": email, "password": line.split()[1]})
    assert client.post("/personal/logga-in/kod/", {"code": first}).url == "/personal/"
    assert client.get("/personal/").status_code == 200
    out = seed_demo()
    assert first not in out
    assert all(code in out for code in others)
    out = seed_demo(refresh=True)
    assert not any(code in out for code in others)


def test_command_says_how_to_get_passwords_when_the_file_is_gone(db, here):
    seed_demo()
    accounts_file().unlink()
    assert "make demo-refresh" in seed_demo(if_needed=True)
    seed_demo(refresh=True)
    email, password, *_ = accounts_file().read_text(encoding="utf-8").split()
    assert User.objects.get(email=email).check_password(password)
    assert User.objects.count() == 6


def test_command_does_not_print_passwords_of_another_database(db, here):
    accounts_file().parent.mkdir()
    accounts_file().write_text("administrator@familjeportalen.example old-password who\n")
    assert "old-password" not in seed_demo()


def test_command_refresh_keeps_the_passwords_that_are_known(db, here):
    seed_demo()
    before = accounts_file().read_text(encoding="utf-8")
    seed_demo(refresh=True)
    assert accounts_file().read_text(encoding="utf-8") == before


@pytest.mark.parametrize("options", [{}, {"refresh": True}])
def test_command_refuses_a_database_with_real_accounts(db, here, options):
    User.objects.create_user("someone@goteborg.se")
    with pytest.raises(CommandError, match="real accounts"):
        seed_demo(**options)
    assert not is_seeded()
    assert not FamilyCentre.objects.exists()


def test_command_if_needed_leaves_a_database_with_real_accounts_alone(db, here):
    User.objects.create_user("someone@goteborg.se")
    assert seed_demo(if_needed=True) == ""
    assert not FamilyCentre.objects.exists()
    assert not accounts_file().exists()


def test_passwords_are_long_and_never_the_same():
    passwords = {new_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", p) for p in passwords)
