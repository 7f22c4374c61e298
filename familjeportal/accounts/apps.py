from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "familjeportal.accounts"
    verbose_name = "Personalkonton"
