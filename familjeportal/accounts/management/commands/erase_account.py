"""Erase what is kept of one person who has worked with the portal."""

from django.core.management.base import BaseCommand, CommandError

from familjeportal.accounts.erasing import LastAdministratorError, erase_account
from familjeportal.accounts.models import User


class Command(BaseCommand):
    help = "Erase a staff account: name, address, ways of signing in. What it changed stays."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email: str, **options):
        user = User.objects.filter(email=email.lower(), erased_at=None).first()
        if user is None:
            raise CommandError("There is no account with that address.")
        try:
            erase_account(user=user)
        except LastAdministratorError as error:
            raise CommandError(
                "This is the only administrator. Make another one before you erase it."
            ) from error
        self.stdout.write(f"Account {user.pk} is erased.")
