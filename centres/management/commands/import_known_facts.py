"""Load what is known of Göteborg's family centres from public pages."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from centres.known_facts import FactsError, add_missing, read_known_facts
from centres.known_facts.reading import CENTRES_FILE
from services import content


class Command(BaseCommand):
    help = (
        "Load what is known of Göteborg's family centres, services and lines to call, each with "
        "its source and date. Only adds what is missing; rows that are there stay as they are."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--file",
            type=Path,
            default=CENTRES_FILE,
            help="another file of centres, in the form of centres/data/known_facts.json",
        )

    def handle(self, *, file: Path, verbosity: int, **options):
        try:
            facts = read_known_facts(file)
        except FactsError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        with transaction.atomic():
            added = add_missing(facts)
            content.everything_changed()
        if verbosity:
            self.stdout.write(_summary(added))


def _summary(added) -> str:
    parts = [f"{count} {model.__name__}" for model, count in added.items() if count]
    return (
        f"Known facts added: {', '.join(parts)}." if parts else "All known facts are here already."
    )
