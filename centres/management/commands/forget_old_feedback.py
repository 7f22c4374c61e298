"""Delete the words of readers' reports when their time is over; meant for every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from centres.actions import forget_old_words
from centres.models import Feedback


class Command(BaseCommand):
    help = (
        f"Delete the words of readers' reports that are {Feedback.WORDS_KEPT.days} days old, and "
        "staff's notes on them. Pages stop showing them then in any case."
    )

    def handle(self, **options):
        self.stdout.write(f"Words of {forget_old_words(at=timezone.now())} reports deleted.")
