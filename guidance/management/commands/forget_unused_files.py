"""Throw away uploaded files that no text came to use."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from guidance.actions.unused_files import forget_unused_files


class Command(BaseCommand):
    help = "Throw away uploaded files, pictures and films that no text has had for a week."

    def handle(self, **options):
        self.stdout.write(f"{forget_unused_files(timezone.now())} files thrown away.")
