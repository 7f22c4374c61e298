"""Who changed what when, to read and to put back.

The change history holds whole rows. `reading` makes the saves of an object from them, with the rows
that belong to it; `deleted` finds what is gone; `restoring` puts an object back to what it was;
`bulk` makes the versions of rows that were written many at a time.
"""

from .branches import Branch, words
from .bulk import record_versions
from .deleted import deleted_on_page, deleted_records, describe, went_together
from .reading import PER_PAGE, moment_of, saves_on_page
from .restoring import Restoration, missing_around, restoration_of_deleted, restoration_to
from .values import Change

__all__ = [
    "PER_PAGE",
    "Branch",
    "Change",
    "Restoration",
    "deleted_on_page",
    "deleted_records",
    "describe",
    "missing_around",
    "moment_of",
    "record_versions",
    "restoration_of_deleted",
    "restoration_to",
    "saves_on_page",
    "went_together",
    "words",
]
