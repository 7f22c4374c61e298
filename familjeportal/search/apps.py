from django.apps import AppConfig

from services import content


class SearchConfig(AppConfig):
    name = "familjeportal.search"
    verbose_name = "Sök"

    def ready(self):
        """Follow what changes, from the first write on: the models are there only now."""
        from guidance import outcomes_met

        from .counting import count_outcome
        from .index import follow

        content.listen(follow)
        outcomes_met.listen(count_outcome)
