from django.apps import AppConfig
from django.core.checks import register

from .printed.checks import printing_works


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Vägledning"

    def ready(self):
        register(printing_works)
