"""What is known of Göteborg from public pages: read from data files, checked, then written.

`rows` reads one object of a file and names it when something in it is wrong; `hours`, `centres` and
`services` make values of the rows and touch no database; `writing` adds what is missing.
"""

from .reading import KnownFacts, read_known_facts
from .rows import FactsError
from .writing import add_missing

__all__ = ["FactsError", "KnownFacts", "add_missing", "read_known_facts"]
