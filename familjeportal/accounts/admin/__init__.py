"""Staff's pages for accounts, where each person works, invitations, and what signing in left."""

from . import invitations, sign_ins, users  # noqa: F401
