"""The supports of guidance/data/support_contacts.json, laid where they are missing.

One that is there is left as it is: staff may have gone on from it. What the file does not know is
left empty, and pages say that it is not known.
"""

import json

from django.conf import settings

from centres.models import CityArea, District

from .models import Guide, SupportContact, SupportContactText, Topic

FILE = settings.BASE_DIR / "guidance" / "data" / "support_contacts.json"


def add_missing_supports() -> int:
    """Returns how many were added. Topics and guides come first: what is not there is left out."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    there = set(SupportContact.objects.values_list("slug", flat=True))
    missing = [(n, row) for n, row in enumerate(rows, start=1) if row["slug"] not in there]
    for position, row in missing:
        _add(dict(row), position)
    return len(missing)


def _add(row: dict, position: int) -> None:
    linked = {
        "city_areas": CityArea.objects.filter(slug__in=row.pop("city_areas", [])),
        "districts": District.objects.filter(slug__in=row.pop("districts", [])),
        "topics": Topic.objects.filter(slug__in=row.pop("topics", [])),
        "guides": Guide.objects.filter(slug__in=row.pop("guides", [])),
    }
    words = row.pop("text")
    contact = SupportContact(position=position, **row)
    contact.full_clean()
    contact.save()
    text = SupportContactText(contact=contact, **words)
    text.full_clean()
    text.save()
    for name, found in linked.items():
        getattr(contact, name).set(found)
