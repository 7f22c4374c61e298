"""Ask every address elsewhere that a published text leads to; meant for every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from guidance.asking_addresses import problem_with
from guidance.desk.links import versions_shown
from guidance.links import outside_links
from guidance.models import CheckedLink


class Command(BaseCommand):
    help = (
        "Ask each address outside the portal that a published text leads to whether it is still "
        "there. What no longer answers stands under /personal/publicera/lankar/."
    )

    def handle(self, **options):
        urls = list(outside_links(versions_shown(timezone.now())))
        for url in urls:
            self.ask(url)
        CheckedLink.objects.exclude(url__in=urls).delete()
        failing = CheckedLink.objects.exclude(failing_since=None).count()
        self.stdout.write(f"{len(urls)} links checked, {failing} do not answer.")

    def ask(self, url: str) -> None:
        problem = problem_with(url)
        now = timezone.now()
        row = CheckedLink.objects.filter(url=url).first() or CheckedLink(url=url)
        row.checked_at, row.problem = now, problem
        row.failing_since = (row.failing_since or now) if problem else None
        row.save()
