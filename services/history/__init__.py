"""Who changed what when, to read and to put back.

The change history holds whole rows. `reading` makes the saves of an object from them, with the rows
that belong to it; `restoring` puts an object back to what it was after one of them.
"""

from .branches import Branch, words
from .reading import PER_PAGE, moment_of, saves_on_page
from .restoring import Restoration, restoration_to
from .values import Change

__all__ = [
    "PER_PAGE",
    "Branch",
    "Change",
    "Restoration",
    "moment_of",
    "restoration_to",
    "saves_on_page",
    "words",
]
