""" "Stämmer något inte?": what a reader may say, and what is never kept of it."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from centres.actions import feedback as actions
from centres.actions import handle_feedback
from centres.models import Feedback, FormerSlug
from centres.visitor_limits import MOST_AN_HOUR
from tests.factories import (
    make_centre,
    make_feedback,
    make_organisation,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db
NOW = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def room():
    return make_service_at_centre(centre=make_centre(name="Familjecentralen Hjällbo"))


def address(room, *, about_room=False) -> str:
    url = reverse("centres:feedback", args=[room.centre.slug])
    return f"{url}?om={room.service.slug}" if about_room else url


def token_in(response) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def fetch(client, room) -> str:
    return token_in(client.get(address(room)))


def send(client, room, clock, *, wait=10, about_room=False, headers=None, **fields):
    """Fill in the form as a person does, `wait` seconds after it was fetched."""
    token = fields.pop("token", None) or fetch(client, room)
    clock.shift(wait)
    data = {"what": "hours" if about_room else "location", "text": "", "website": "", **fields}
    url = address(room, about_room=about_room)
    return client.post(url, {"token": token, **data}, headers=headers or {})


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- The way there and back -----------------------------------------------------------------------
def test_centre_page_leads_to_the_form_for_the_house_and_for_each_room(client, room):
    page = text(client.get(room.centre.get_absolute_url()))
    assert f'href="{address(room)}"' in page
    assert f'href="{address(room, about_room=True)}"' in page


def test_report_reaches_the_room_it_is_about(client, room, clock):
    response = send(client, room, clock, about_room=True, text="  Stängt på\r\nfredagar. ")
    assert response.status_code == 302
    assert response["Location"] == reverse("centres:feedback_thanks", args=[room.centre.slug])
    feedback = Feedback.objects.get()
    assert (feedback.service_at_centre, feedback.centre) == (room, None)
    assert (feedback.fact_group, feedback.status) == ("hours", "new")
    assert feedback.text == "Stängt på\nfredagar."
    assert "Tack för hjälpen" in text(client.get(response["Location"]))


def test_report_about_the_house_needs_no_words(client, room, clock):
    send(client, room, clock, what="other")
    feedback = Feedback.objects.get()
    assert (feedback.centre, feedback.fact_group, feedback.text) == (room.centre, "", "")


def test_form_asks_about_what_the_page_shows(client, room):
    page = text(client.get(address(room)))
    assert "Skriv inga personuppgifter." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Adressen eller vägen hit" in page
    assert "Tiderna" not in page
    page = text(client.get(address(room, about_room=True)))
    assert "Tiderna" in page
    assert "Adressen" not in page
    room.centre.status = "building"
    room.centre.save()
    assert "Tiderna" not in text(client.get(address(room, about_room=True)))


def test_other_facts_than_those_asked_about_are_refused(client, room, clock):
    for what in ("hours", "", "x", "\0", "9" * 5_000):
        assert "Välj vad som inte stämmer." in text(send(client, room, clock, what=what))
    assert not Feedback.objects.exists()


def test_former_address_leads_to_the_form(client, room, clock):
    FormerSlug.objects.create(centre=room.centre, slug="gamla-huset")
    old = reverse("centres:feedback", args=["gamla-huset"])
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, address(room))
    token = fetch(client, room)
    clock.shift(10)
    assert client.post(old, {"token": token, "what": "location"}).status_code == 302
    assert Feedback.objects.count() == 1


def test_house_without_a_page_has_no_form(client):
    idea = make_centre(status="idea")
    for name in ("feedback", "feedback_thanks"):
        assert client.get(reverse(f"centres:{name}", args=[idea.slug])).status_code == 404
        assert client.get(reverse(f"centres:{name}", args=["finns-inte"])).status_code == 404


def test_form_asks_the_same_however_many_rooms(
    client, room, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as few:
        client.get(address(room))
    for kind in ("library", "dental_care", "social_services"):
        make_service_at_centre(kind, centre=room.centre)
    with django_assert_num_queries(len(few)):
        client.get(address(room))


# --- No trace -------------------------------------------------------------------------------------
def test_no_cookie_is_set_and_none_is_asked_for(room, clock):
    client = Client(enforce_csrf_checks=True)
    for response in (
        client.get(address(room)),
        send(client, room, clock),
        send(client, room, clock, what=""),
        send(client, room, clock, headers={"Origin": "https://evil.example"}),
        client.get(reverse("centres:feedback_thanks", args=[room.centre.slug])),
    ):
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    assert "no-store" in client.get(address(room))["Cache-Control"]
    assert Feedback.objects.count() == 1


def test_no_log_holds_anything_of_it(client, room, clock, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "hemligt ord 811218-9876"
    send(client, room, clock, text=secret)
    send(client, room, clock, text="hemligt ord", what="")
    send(client, room, clock, text="hemligt ord", token="x")
    send(client, room, clock, text="hemligt ord", headers={"Origin": "https://evil.example"})
    for _ in range(MOST_AN_HOUR + 2):
        send(client, room, clock, text="hemligt ord", REMOTE_ADDR="192.0.2.1")
    assert Feedback.objects.count() == MOST_AN_HOUR
    for said in ("hemlig", "811218", "127.0.0.1", "evil.example", fetch(client, room)[:20]):
        assert said not in caplog.text


def test_row_holds_nobody(client, room, clock):
    send(client, room, clock, text="Fel dag")
    names = {field.name for field in Feedback._meta.get_fields()}
    assert names == {
        *("id", "centre", "service_at_centre", "fact_group", "text", "received_at"),
        *("status", "note", "handled_at", "handled_by"),
    }
    assert not hasattr(Feedback, "history")
    assert "Fel dag" not in str(Feedback.objects.get())


# --- People and robots ----------------------------------------------------------------------------
def test_identity_number_is_refused_and_the_words_stay(client, room, clock):
    response = send(client, room, clock, text="Jag, 811218-9876, undrar")
    assert "Det ser ut som ett personnummer" in text(response)
    assert "undrar" in text(response)
    assert not Feedback.objects.exists()


def test_contact_details_are_removed_and_that_is_said(client, room, clock):
    response = send(client, room, clock, text="Ring 070-174 06 05 eller a@b.example. Stängt!")
    assert "Vi tog bort ett telefonnummer" in text(client.get(response["Location"]))
    assert Feedback.objects.get().text == "Ring *** eller *** Stängt!"


def test_text_that_loses_nothing_is_not_said_to(client, room, clock):
    response = send(client, room, clock, text="Öppet ٨-١٢ *** i stället")
    assert "borttaget" not in response["Location"]


@pytest.mark.parametrize(("length", "count"), [(500, 1), (501, 0)])
def test_words_are_short(client, room, clock, length, count):
    send(client, room, clock, text="rad\r\n" + "å" * (length - 4))
    assert Feedback.objects.count() == count


def test_robot_that_fills_in_everything_is_thanked_for_nothing(client, room, clock):
    response = send(client, room, clock, website="https://spam.example")
    assert response.status_code == 302
    assert not Feedback.objects.exists()


def test_form_sent_too_quickly_is_good_a_moment_later(client, room, clock):
    response = send(client, room, clock, wait=1, text="Fel dag")
    assert "en gång till" in text(response)
    assert not Feedback.objects.exists()
    send(client, room, clock, wait=3, token=token_in(response), text="Fel dag")
    assert Feedback.objects.get().text == "Fel dag"


def test_form_left_open_too_long_is_renewed_with_its_words(client, room, clock):
    response = send(client, room, clock, wait=7_300, text="Fel dag")
    assert "mer än två timmar" in text(response)
    assert "Fel dag" in text(response)
    assert not Feedback.objects.exists()
    send(client, room, clock, token=token_in(response), text="Fel dag")
    assert Feedback.objects.count() == 1


def test_forged_token_is_refused(client, room, clock):
    for token in ("x", "\0", make_forged(room), fetch(client, make_service_at_centre())):
        response = send(client, room, clock, token=token)
        assert response.status_code in (200, 400)
        assert "token" in response.context["form"].errors
    assert not Feedback.objects.exists()


def make_forged(room) -> str:
    return f'{{"page": "{room.centre.pk}", "at": {NOW.timestamp()}, "key": "0"}}:signature'


def test_form_sent_again_makes_one_row(client, room, clock):
    token = fetch(client, room)
    answers = [send(client, room, clock, token=token, text="Ett") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert Feedback.objects.get().text == "Ett"


def test_words_corrected_after_sending_are_kept_too(client, room, clock):
    token = fetch(client, room)
    for words in ("Öppet till 11", "Öppet till 12"):
        send(client, room, clock, token=token, text=words)
    assert {row.text for row in Feedback.objects.all()} == {"Öppet till 11", "Öppet till 12"}


@pytest.mark.django_db(transaction=True)
def test_form_sent_by_several_hands_at_once_makes_one_row(room, clock):
    token = fetch(Client(), room)
    clock.shift(10)

    def post(_number):
        try:
            data = {"token": token, "what": "location"}
            return Client().post(address(room), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        assert set(hands.map(post, range(8))) == {302}
    assert Feedback.objects.count() == 1


def test_form_sent_from_another_site_is_refused_without_its_words(client, room, clock):
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    response = send(client, room, clock, headers=headers, text="inte mina ord")
    assert response.status_code == 403
    assert "från en annan webbplats" in text(response)
    assert "inte mina ord" not in text(response)
    assert not Feedback.objects.exists()


def test_junk_breaks_nothing(client, room, clock):
    token = fetch(client, room)
    clock.shift(10)
    url = address(room)
    bodies = [
        b"",
        b"%",
        b"\xff\xfe",
        b"what=%00&text=%00&token=%00&website=",
        b"what=location&text=%ed%a0%80&token=" + token.encode(),
        b"&".join(b"text=%d" % n for n in range(1_200)),
    ]
    for body in bodies:
        for kind in (
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=x",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/json",
            "x",
        ):
            assert client.generic("POST", url, body, kind).status_code in (200, 302, 400)
    for om in ("\0", "x" * 5_000, "ö", "huset:hours"):
        assert client.get(url, {"om": om}).status_code == 200
    assert client.put(url).status_code == client.delete(url).status_code == 405
    assert client.head(url).status_code == 200


# --- Limits ---------------------------------------------------------------------------------------
def test_too_much_from_one_connection_is_answered_in_swedish(room, clock):
    clients = [Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.1")]
    for number in range(MOST_AN_HOUR):
        assert send(clients[number % 2], room, clock, wait=4).status_code == 302
    response = send(clients[0], room, clock, wait=4, text="Fel dag")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Vänta en timme" in text(response)
    assert "Fel dag" in text(response)
    assert send(Client(REMOTE_ADDR="192.0.2.2"), room, clock, wait=4).status_code == 302


def test_repeated_form_is_not_counted(client, room, clock):
    token = fetch(client, room)
    for _ in range(MOST_AN_HOUR + 3):
        assert send(client, room, clock, wait=4, token=token).status_code == 302


def test_house_takes_no_more_than_anybody_would_read(room, clock, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AN_HOUR_PER_HOUSE", 3)
    other = make_service_at_centre()
    for number in range(4):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        response = send(client, room, clock, about_room=number == 1)
        assert response.status_code == (302 if number < 3 else 429)
    assert send(Client(REMOTE_ADDR="192.0.2.9"), other, clock).status_code == 302
    assert send(Client(REMOTE_ADDR="192.0.2.9"), room, clock, wait=3_700).status_code == 302


# --- What must always hold, and what is forgotten -------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [
        {"fact_group": "location"},  # of a room
        {"status": "fixed"},  # without when
        {"handled_at": NOW},  # but new
        {"status": "fixed", "handled_at": NOW - timedelta(days=99)},
    ],
)
def test_row_that_contradicts_itself_is_refused(room, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_feedback(room, **fields)


def test_row_is_about_one_thing(room):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_feedback(room, centre=room.centre, fact_group="existence")


def test_words_are_deleted_after_90_days(room, capsys):
    old, kept = (
        make_feedback(room, text="Fel dag", note="Ringt", received_at=NOW - timedelta(days=days))
        for days in (90, 89)
    )
    call_command("forget_old_feedback")
    assert "1 reports" in capsys.readouterr().out
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.text, old.note, old.fact_group) == ("", "", "hours")
    assert (kept.text, kept.note) == ("Fel dag", "Ringt")


def test_words_are_not_shown_after_90_days_though_nobody_deleted_them(client, room):
    old = make_feedback(room, text="gamla ord", note="gammal not")
    client.force_login(make_user("coordinator"))
    pages = [
        reverse("staff:feedback"),
        reverse("staff:feedback_detail", args=[old.pk]),
        reverse("admin:centres_feedback_changelist"),
        reverse("admin:centres_feedback_change", args=[old.pk]),
    ]
    for url in pages:
        assert client.get(url).status_code == 200
    assert sum("gamla ord" in text(client.get(url)) for url in pages) == 3
    with time_machine.travel(old.received_at + timedelta(days=90), tick=False):
        client.force_login(make_user("coordinator"))
        for url in pages:
            page = text(client.get(url))
            assert "gamla ord" not in page
            assert "gammal not" not in page


def test_second_of_two_who_handle_the_same_is_told(room):
    feedback = make_feedback(room)
    change = {"feedback": feedback, "seen": feedback.version, "at": NOW}
    first, second = make_user("coordinator"), make_user("coordinator")
    handle_feedback(**change, status="fixed", note="Rättat", by=first)
    with pytest.raises(ValidationError, match="Någon annan"):
        handle_feedback(**change, status="dismissed", note="", by=second)
    feedback.refresh_from_db()
    assert (feedback.status, feedback.handled_by) == ("fixed", first)


def test_words_about_a_person_can_be_removed_at_once(room):
    feedback = make_feedback(room, text="Anna är sur")
    seen = feedback.version
    by = make_user("coordinator")
    handle_feedback(
        feedback=feedback, status="dismissed", note="x", seen=seen, at=NOW, by=by, forget=True
    )
    feedback.refresh_from_db()
    assert (feedback.text, feedback.note, feedback.status) == ("", "", "dismissed")


def test_admin_changes_nothing_and_leads_to_where_it_is_handled(client, room):
    feedback = make_feedback(room, text="Fel dag")
    user = make_user(centres=[room.centre], organisations=[make_organisation()])
    client.force_login(user)
    url = reverse("admin:centres_feedback_change", args=[feedback.pk])
    page = client.get(url).content.decode()
    assert "Fel dag" in page
    assert reverse("staff:feedback_detail", args=[feedback.pk]) in page
    assert client.post(url, {"status": "fixed", "text": "Annat"}).status_code == 403
    feedback.refresh_from_db()
    assert (feedback.status, feedback.text) == ("new", "Fel dag")
