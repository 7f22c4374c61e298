"""Houses, hours and activities as tables (CSV): out, and back in after a dry run of every change.

`sheet` reads and writes the file, `cells` its values, `plan` is what an import would do; none of
them knows the database. `centre_table`, `hours_table` and `activity_table` compare a file with what
is there (`there` holds the rooms), and `importing` tries it or carries it out, all or nothing.
"""

from .importing import KINDS, carry_out, dry_run, export
from .plan import Plan, Problem, RowResult
from .sheet import MOST_BYTES, MOST_ROWS, Sheet, SheetError, read_sheet

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "MOST_ROWS",
    "Plan",
    "Problem",
    "RowResult",
    "Sheet",
    "SheetError",
    "carry_out",
    "dry_run",
    "export",
    "read_sheet",
]
