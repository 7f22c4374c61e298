"""Load the topics, guides and supports that come with the portal."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from centres.known_facts import FactsError
from guidance.guide_files import DATA, read_guides
from guidance.models import SupportContact
from guidance.seeding import lay_guides
from guidance.support_seeding import add_missing_supports
from services import content


class Command(BaseCommand):
    help = (
        "Load the topics and guides that come with the portal as published example texts, and the "
        "supports outside the family centres. What staff have written stays as it is. Run "
        "import_known_facts first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="another folder of topics.json and guides/"
        )

    def handle(self, *, folder: Path, **options):
        try:
            with transaction.atomic():
                added = lay_guides(read_guides(folder), timezone.now())
                added[SupportContact] = add_missing_supports()
                content.everything_changed()
        except FactsError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        parts = [f"{count} {model.__name__}" for model, count in added.items() if count]
        self.stdout.write(f"Added: {', '.join(parts) or 'nothing, all is here already'}.")
