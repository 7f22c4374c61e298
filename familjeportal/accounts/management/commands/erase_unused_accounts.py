"""Erase accounts that nobody uses, invitations and sign-ins that have had their day. For a nightly
timer."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from familjeportal.accounts import sign_in_log
from familjeportal.accounts.erasing import (
    erase_account,
    forget_invitations,
    invitations_to_erase,
    is_last_administrator,
    unused_since,
)
from familjeportal.accounts.models import SignInEvent

SHORTEST = 30  # days: a holiday is no reason


class Command(BaseCommand):
    help = (
        "Erase accounts not signed in to for --days, invitations that ended 90 days ago and what "
        "was written down of signing in more than a year ago."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=730)
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *, days: int, dry_run: bool, **options):
        if days < SHORTEST:
            raise CommandError(f"--days must be at least {SHORTEST}.")
        now = timezone.now()
        for user in unused_since(now - timedelta(days=days)):
            self._erase(user, dry_run)
        old = invitations_to_erase(now)
        if dry_run:
            self.stdout.write(f"{old.count()} old invitations would be erased.")
            return
        self.stdout.write(f"{forget_invitations(old)} old invitations are erased.")
        events = sign_in_log.delete_before(now - SignInEvent.KEPT_FOR)
        self.stdout.write(f"{events} old sign-ins are erased.")

    def _erase(self, user, dry_run):
        if is_last_administrator(user):
            self.stdout.write(f"Account {user.pk} stays: it is the only administrator.")
        elif dry_run:
            self.stdout.write(f"Account {user.pk} would be erased.")
        else:
            erase_account(user=user)
            self.stdout.write(f"Account {user.pk} is erased.")
