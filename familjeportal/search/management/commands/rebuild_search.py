"""Write the search index anew."""

from django.core.management.base import BaseCommand

from familjeportal.search.models import SearchEntry
from familjeportal.search.words import add_missing_words


class Command(BaseCommand):
    help = (
        "Add the words that the portal brings along and that were never here, and write the "
        "search index anew. Needed after a change of the program; content is followed by itself."
    )

    def handle(self, **options):
        added = add_missing_words()
        count = SearchEntry.objects.count()
        self.stdout.write(f"{count} things can be found. Rows of words added: {added}.")
