"""The pages of the admin where changes are read and put back: mixed into a `ModelAdmin`."""

from .deleted import BringsBackDeleted
from .reading import ReadsHistory
from .restoring import PutsBack

__all__ = ["BringsBackDeleted", "PutsBack", "ReadsHistory"]
