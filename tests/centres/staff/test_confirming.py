import pytest

from centres.models import Confirmation
from tests.factories import make_confirmation, stockholm

from .people import EIGHT, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]


def facts(client, people) -> dict:
    """What the page asks of the person, by label."""
    page = client.get(people.home).context["page"]
    return {fact.label: fact for fact in [*page.to_confirm, *page.confirmed]}


def confirm(client, people, fact, **data):
    data = {"fact": fact.key, "version": fact.version} | data
    return client.post(f"{people.home}stammer/", data, follow=True)


def test_each_group_of_facts_is_confirmed_by_itself(people):
    teacher = signed_in(people.teacher)
    asked = facts(teacher, people)
    assert list(asked) == [
        "Att huset finns",
        "Adress och väg hit",
        "Första besöket och tillgänglighet",
        "Öppen förskola: öppet utan tidsbokning",
        "Öppen förskola: kontaktuppgifterna",
        "Öppen förskola: att verksamheten finns här",
    ]
    page = confirm(teacher, people, asked["Öppen förskola: öppet utan tidsbokning"])
    assert "Bekräftat i dag: Öppen förskola: öppet utan tidsbokning." in words_of(page)
    saved = Confirmation.objects.get()
    assert (saved.service_at_centre, saved.channel) == (people.preschool, "drop_in")
    assert (saved.confirmed_at, saved.confirmed_by) == (EIGHT, people.teacher)
    assert "bekräftat 23 november 2026 av Tove Lärare" in words_of(page).lower().replace(
        "tove lärare", "Tove Lärare"
    )


def test_where_nothing_is_said_there_is_nothing_to_confirm(people):
    teacher = signed_in(people.teacher)
    fact = facts(teacher, people)["Adress och väg hit"]
    assert fact.is_empty
    page = confirm(teacher, people, fact)
    assert "Fyll i : Adress och väg hit" in words_of(page)
    assert not Confirmation.objects.exists()
    assert teacher.get(fact.where_to_change).status_code == 200


def test_confirmed_twice_is_confirmed_once(people):
    teacher = signed_in(people.teacher)
    fact = facts(teacher, people)["Öppen förskola: kontaktuppgifterna"]
    confirm(teacher, people, fact)
    confirm(teacher, people, fact)
    assert Confirmation.history.count() == 1


def test_nobody_vouches_for_what_has_changed_since_they_looked(people):
    teacher = signed_in(people.teacher)
    fact = facts(teacher, people)["Öppen förskola: kontaktuppgifterna"]
    people.preschool.phone = "031-365 11 11"
    people.preschool.save()
    page = confirm(teacher, people, fact)
    assert "Nu står det: 031-365 11 11. Stämmer det?" in words_of(page)
    assert not Confirmation.objects.exists()


def test_facts_confirmed_long_ago_are_asked_about_again(people):
    make_confirmation(people.preschool, confirmed_at=stockholm(2026, 8, 24))
    make_confirmation(people.centre, confirmed_at=stockholm(2026, 9, 24))
    page = signed_in(people.teacher).get(people.home).context["page"]
    assert [fact.label for fact in page.confirmed] == ["Att huset finns"]


def test_fact_that_is_not_ones_own_is_not_confirmed(people):
    fact = facts(signed_in(people.nurse), people)["Barnhälsovård (bvc): kontaktuppgifterna"]
    page = confirm(signed_in(people.teacher), people, fact)
    assert "inte din att bekräfta" in words_of(page)
    assert confirm(signed_in(people.stranger), people, fact).status_code == 403
    assert not Confirmation.objects.exists()
