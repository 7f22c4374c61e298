"""Complete the known facts with example data, so that a demonstration is whole."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centres.known_facts import FactsError
from familjeportal.accounts.models import User
from familjeportal.home.demo import is_seeded, seed
from familjeportal.home.demo.accounts import (
    make_accounts,
    passwords_are_known,
    renew_recovery_codes,
    table,
)


class Command(BaseCommand):
    help = (
        "Complete the known facts with example data around today, and make example staff "
        "accounts. Does nothing but print the accounts when example data is there."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="when starting the server: leave a database with real accounts alone, quietly",
        )
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="lay example terms, exceptions, notices and confirmations anew around today",
        )

    def handle(self, *, if_needed: bool, refresh: bool, **options):
        if User.objects.real().exists():
            if if_needed:
                return
            raise CommandError(
                "This database has real accounts: example data belongs in a database of its own."
            )
        if refresh or not is_seeded():
            self._lay()
        self._print_accounts()

    def _lay(self):
        today = timezone.localdate()
        try:
            seed(today)
        except FactsError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        if not passwords_are_known():
            make_accounts()
        renew_recovery_codes()
        self.stdout.write(f"Example data laid around {today}.")

    def _print_accounts(self):
        accounts = table()
        if accounts is None:
            self.stdout.write(
                "The passwords of the example accounts are not known here any more. "
                "`make demo-refresh` makes new ones."
            )
        else:
            self.stdout.write(
                "Example staff accounts: e-mail, password, who; below, codes for the second step "
                f"of signing in, each for once:\n{accounts}"
            )
