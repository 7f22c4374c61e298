"""Example data that makes a demonstration whole, laid around a day.

Known facts come first and are never overwritten: example values fill what is empty, and each
group of facts that holds one has a confirmation that says so. `seed` may be called again on
another day: it lays terms, exceptions, notices and activities anew around that day and leaves the
rest.

What it lays anew it knows by its own ids, which all begin with eeeeeeee (`marks`). Rows that staff
have made have other ids and are never touched; nor are the hours of a service once staff have
confirmed them.
"""

from .seeding import is_seeded, seed

__all__ = ["is_seeded", "seed"]
