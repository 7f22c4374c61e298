from django.apps import AppConfig
from django.core.checks import register

from .printed.checks import printing_works


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Vägledning"

    def ready(self):
        """The models, which the mail reads, are there only now."""
        from centres.reminders import remind_also

        from .desk.reminding import texts_awaiting

        register(printing_works)
        remind_also(texts_awaiting)
