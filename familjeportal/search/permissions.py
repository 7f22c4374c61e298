"""Who may change the words of the search, and see how often they are searched for.

The words decide what every reader finds, in any language: coordinators, administrators and
communicators change them. Other staff may look at them.
"""


def may_change(user, obj=None) -> bool:
    """Whether `user` may change `obj`, or any such row; for None: anything here."""
    return user.is_authenticated and (user.changes_everything or user.writes_shared_texts)


def may_see_counts(user) -> bool:
    return may_change(user)
