"""The flows of guidance/data/flows/, one file a flow, as example versions that readers see.

A flow that has a version already is left as it is: staff may have gone on from there.
"""

import json
from datetime import datetime

from django.conf import settings

from .examples import add_example
from .models import Flow, FlowVersion, Topic

FLOWS = settings.BASE_DIR / "guidance" / "data" / "flows"
ORDER = (
    "vem-kan-jag-prata-med",
    "barnet-ar-sjukt",
    "jag-vantar-barn",
    "vi-brakar-mycket",
    "orolig-for-ett-barn",
    "tonaring",
    "ny-i-sverige",
    "hemma",
)


def add_missing_flows(at: datetime) -> None:
    """Readers see them from `at`."""
    for position, slug in enumerate(ORDER):
        data = json.loads((FLOWS / f"{slug}.json").read_text(encoding="utf-8"))
        flow, _is_new = Flow.objects.get_or_create(
            slug=slug,
            defaults={
                "position": position,
                "home_topic": Topic.objects.filter(slug=data["topic"]).first(),
                "is_sensitive": data.get("is_sensitive", False),
            },
        )
        if not flow.versions.exists():
            add_example(flow, at, **{name: data[name] for name in FlowVersion.WORDS})
