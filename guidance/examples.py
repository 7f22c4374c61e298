"""What is written for the demonstration, as readers meet what has been published."""

from datetime import datetime

from .models import Version, Versioned
from .publishing import State


def add_example(owner: Versioned, at: datetime, **words) -> None:
    """The first version of `owner`, which readers see from `at`."""
    version: Version = owner.versions.model(
        owner=owner,
        number=1,
        origin=Version.Origin.EXAMPLE,
        state=State.PUBLISHED,
        created_at=at,
        publish_at=at,
        **words,
    )
    version.full_clean()
    version.save()
