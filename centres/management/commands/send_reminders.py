"""Mail staff what they have to confirm and to answer; meant for every Monday morning."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centres.actions import claim_reminder, release_reminder
from centres.freshness import load_houses
from centres.looking_after import looked_after_among
from centres.reminders import awaiting_elsewhere, digest, people_to_remind, week_of

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Mail each member of staff what they have not confirmed for 90 days and the holidays of "
        "the coming 30 days that await an answer. One mail a week and person, however often this "
        "runs; none to those whom nothing awaits."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="print the mails; send and note nothing"
        )

    def handle(self, *, dry_run=False, **options):
        at = timezone.now()
        sent = failed = 0
        for user, message in self.messages(at):
            if dry_run:
                self.stdout.write(
                    f"To: {user.email}\nSubject: {message.subject}\n{message.body}\n\n"
                )
                continue
            is_sent = self.send(user, message, at)
            sent += is_sent is True
            failed += is_sent is False
        self.stdout.write("Nothing sent." if dry_run else f"{sent} reminders sent.")
        if failed:
            raise CommandError(f"{failed} could not be sent; the next run tries them again.")

    def messages(self, at: datetime):
        """Each person whom something awaits, and their mail."""
        houses = list(load_houses(at))
        for user in people_to_remind():
            own = looked_after_among(user, houses, at)
            if message := digest(user, own, awaiting_elsewhere(user, at)):
                yield user, message

    def send(self, user, message: EmailMessage, at: datetime) -> bool | None:
        """Whether it was sent; None where this week's has been already."""
        week = week_of(timezone.localdate(at))
        if not claim_reminder(user=user, week=week):
            return None
        try:
            message.send()
        except (OSError, SMTPException):
            release_reminder(user=user, week=week)
            logger.exception("A reminder to the account %s could not be sent", user.pk)
            return False
        return True
