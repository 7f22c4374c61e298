"""What changed is read on a phone and put back, in a real browser."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from centres.models import TimeSlot
from tests.factories import make_organisation, make_schedule, make_service_at_centre, make_user


@pytest.fixture
def schedule(transactional_db):
    room = make_service_at_centre()
    schedule = make_schedule(room, slots=["mon 9-12", "wed 13-16 odd"])
    for model in (type(schedule), type(schedule.slots.first())):
        model.history.update(history_date=timezone.now() - timedelta(days=1))
    slot = schedule.slots.first()
    slot.label = "Babyöppet för de allra minsta och deras äldre syskon"
    slot.save()
    schedule.slots.last().delete()
    return schedule


@pytest.fixture
def teacher(client, context, live_server, schedule):
    room = schedule.service_at_centre
    client.force_login(make_user(centres=[room.centre], organisations=[make_organisation()]))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])


@pytest.mark.parametrize("width", [320, 1280])
def test_week_is_put_back_from_its_history(schedule, teacher, page, axe, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/admin/centres/schedule/{schedule.pk}/history/")
    assert_in_order(page, axe)
    page.get_by_role("link", name="Återställ den här versionen").click()
    expect(page.get_by_text("Pass: onsdag 13.00–16.00")).to_be_visible()
    assert_in_order(page, axe)
    page.get_by_role("button", name="Återställ den här versionen").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Återställt till hur det var")
    assert [str(slot) for slot in schedule.slots.all()] == [
        "måndag 09.00–12.00",
        "onsdag 13.00–16.00",
    ]


@pytest.mark.parametrize("width", [320, 1280])
def test_deleted_week_is_put_back(schedule, teacher, page, axe, width):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    TimeSlot.history.filter(history_type="-").update(history_date=an_hour_ago)
    schedule.delete()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/admin/centres/schedule/")
    page.get_by_role("link", name="Visa borttaget").click()
    expect(page.get_by_text("Pass: måndag 09.00–12.00")).to_be_visible()
    assert_in_order(page, axe)
    page.get_by_role("link", name="Visa och återställ").click()
    assert_in_order(page, axe)
    page.get_by_role("button", name="Återställ", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Återställt efter att ha tagits")
    assert [str(slot) for slot in type(schedule).objects.get().slots.all()] == [
        "måndag 09.00–12.00"
    ]


def assert_in_order(page, axe):
    assert axe(page) == []
    main = "document.querySelector('#content-main')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
