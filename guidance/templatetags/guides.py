"""Guides on the pages of what lies below: a service does not know of them."""

from django import template
from django.utils import timezone

from guidance.models import Guide, GuideVersion, shown_of
from services.models import Service

register = template.Library()
MOST = 6


@register.simple_tag
def guides_helped_by(service: Service) -> list[tuple[Guide, GuideVersion]]:
    """What one can ask a service about: the guides that name it, those that name it first first."""
    at = timezone.now()
    guides = Guide.objects.helped_by(service).shown(at).select_related("home_topic")
    return shown_of(guides[:MOST], at)
