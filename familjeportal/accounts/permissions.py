"""Who may see and change staff accounts."""


def may_change(user, obj=None) -> bool:
    """True for administrators."""
    return user.is_authenticated and user.changes_accounts
