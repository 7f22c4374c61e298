from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from centres.lines import lines_now
from services.models import Service

from .demo import is_seeded


def site(request: HttpRequest) -> dict:
    """What the frame of every page shows; asked of the database only by templates that use it."""
    return {
        "demonstration": SimpleLazyObject(is_seeded),
        "footer_lines": SimpleLazyObject(lambda: lines_now(timezone.now(), everywhere_only=True)),
        "footer_services": SimpleLazyObject(
            lambda: list(Service.objects.prefetch_related("texts"))
        ),
    }
