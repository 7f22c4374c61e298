"""Milliseconds of a search among thousands of things: printed for people, asserted nowhere."""

from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from centres.management.commands.bench import milliseconds
from familjeportal.search import finding
from familjeportal.search.many_entries import QUESTIONS, fill
from familjeportal.search.models import SearchEntry
from familjeportal.search.words import add_missing_words

ENTRIES = 5000


class Command(BaseCommand):
    help = f"""Prints the milliseconds of a search among {ENTRIES} things, by the clock and by the
        processor. The things it makes for that are taken away again."""

    def handle(self, *args, **options):
        add_missing_words()
        try:
            fill(ENTRIES)
            tidy()
            self.report_all()
        finally:
            fill(0)

    def report_all(self):
        self.stdout.write(f"With {SearchEntry.objects.count():,} things to find:")
        for question in QUESTIONS:
            self.report(question, search_for(question))
        self.report("the first search after a change", search_for(QUESTIONS[0]), before=forget)

    def report(self, name: str, run: Callable, before: Callable = lambda: None):
        wall, processor = milliseconds(run, before)
        self.stdout.write(f"{wall:9.2f}{processor:9.2f}  {name}")


def search_for(question: str) -> Callable:
    return lambda: finding.search(question, at=timezone.now())


def tidy() -> None:
    """PostgreSQL, as its own housekeeping does soon after rows are written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def forget() -> None:
    finding.vocabulary_of.cache_clear()
