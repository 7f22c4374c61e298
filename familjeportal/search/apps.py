from django.apps import AppConfig

from services import content


class SearchConfig(AppConfig):
    name = "familjeportal.search"
    verbose_name = "Sök"

    def ready(self):
        """Follow what changes, from the first write on: the models are there only now."""
        from .index import follow

        content.listen(follow)
