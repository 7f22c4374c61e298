"""Two requests that really run at once, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from centres.models import ScheduleException

from .people import EIGHT, filled, make_people, signed_in, words_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db):
    with time_machine.travel(EIGHT, tick=False):
        yield make_people()


def at_once(*requests):
    """What each request answers."""
    barrier = Barrier(len(requests))

    def run(request):
        try:
            barrier.wait()
            return request()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(run, requests))


def test_one_form_sent_twice_makes_one_row(people):
    teacher, address = signed_in(people.teacher), f"{people.home}open-preschool/stang/"
    data = filled(teacher.get(address))
    again = signed_in(people.teacher)
    answers = at_once(lambda: teacher.post(address, data), lambda: again.post(address, data))
    assert len({answer["Location"] for answer in answers}) == 1
    assert ScheduleException.objects.count() == 1


def test_of_two_people_one_saves_and_the_other_chooses(people):
    address = f"{people.home}open-preschool/stang/"
    clients = [signed_in(people.teacher), signed_in(people.coordinator)]
    forms = [
        filled(client.get(address)) | {"reason": reason}
        for client, reason in zip(clients, ("illness", "training"), strict=True)
    ]
    answers = at_once(
        lambda: clients[0].post(address, forms[0]), lambda: clients[1].post(address, forms[1])
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    asked = next(answer for answer in answers if answer.status_code == 200)
    assert "Inget är överskrivet." in words_of(asked)
    assert ScheduleException.objects.count() == 1
