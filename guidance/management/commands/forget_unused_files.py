"""Throw away uploaded files that no text came to use."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from guidance.actions.documents import forget_unused_files
from guidance.actions.media import forget_unused_media


class Command(BaseCommand):
    help = "Throw away uploaded files, pictures and films that no text has had for a week."

    def handle(self, **options):
        at = timezone.now()
        count = forget_unused_files(at) + forget_unused_media(at)
        self.stdout.write(f"{count} files thrown away.")
