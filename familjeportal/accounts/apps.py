from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "familjeportal.accounts"
    verbose_name = "Personalkonton"

    def ready(self):
        """Listen to what allauth tells of signing in, from the first request on."""
        from . import sign_in_log  # noqa: F401
