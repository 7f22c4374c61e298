from django import template

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """The address that dials a number as people write it: "031-365 00 00" → "tel:0313650000"."""
    return "tel:" + "".join(c for c in number.replace("(0)", "") if c.isdigit() or c == "+")
