"""How a page offers a calendar."""

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("components/calendar_links.html")
def calendar_links(path: str, what: str) -> dict[str, str]:
    """The addresses of the calendar at `path` under the portal, and `what` it is of, in words.

    `webcal` opens the program that subscribes; `https` is what one pastes where there is none.
    """
    https = f"{settings.PUBLIC_URL}{path}"
    return {"https": https, "webcal": f"webcal://{https.partition('://')[2]}", "what": what}
