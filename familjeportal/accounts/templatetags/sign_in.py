from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: most browsers also name those that they descend from.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox på Windows", from what a browser says of itself."""
    program = _named(user_agent, BROWSERS) or _("Okänd webbläsare")
    system = _named(user_agent, SYSTEMS)
    return (
        _("%(program)s på %(system)s") % {"program": program, "system": system}
        if system
        else program
    )


@register.filter
def in_fours(code: str) -> str:
    """In groups of four, as people read and type; spaces in a code are not read."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _named(text: str, names: dict[str, str]) -> str | None:
    return next((name for mark, name in names.items() if mark in text), None)
