from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "familjeportal.home"
    verbose_name = "Startsidan"
