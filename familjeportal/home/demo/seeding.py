"""The order in which example data is laid."""

from datetime import date, datetime, time

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from centres.known_facts import add_missing, read_known_facts
from centres.models import Confirmation
from familjeportal.search.words import add_missing_words
from guidance.example_documents import add_missing_documents
from guidance.example_flows import add_missing_flows
from guidance.example_texts import add_missing_texts
from guidance.guide_files import read_guides
from guidance.seeding import lay_guides
from guidance.support_seeding import add_missing_supports
from services.history import record_versions

from .activities import lay_activities
from .days import lay_days
from .example import read_example
from .hours import lay_hours
from .houses import fill_houses, fill_rooms
from .marks import Confirmations


@transaction.atomic
def seed(today: date) -> None:
    """Load the known facts and complete them with example data around `today`."""
    add_missing(read_known_facts())
    houses = read_example()
    confirmations = Confirmations(today)
    fill_houses(houses, confirmations)
    fill_rooms(houses, today, confirmations)
    lay_hours(houses, today, confirmations)
    lay_days(today)
    lay_activities(today, confirmations)
    confirmations.save()
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    lay_guides(read_guides(), midnight)
    add_missing_supports()
    add_missing_flows(midnight)
    add_missing_documents(midnight)
    add_missing_texts(midnight)
    record_versions(apps.get_models())
    add_missing_words()  # and writes the whole search index anew


def is_seeded() -> bool:
    return Confirmation.objects.filter(origin=Confirmation.Origin.EXAMPLE).exists()
