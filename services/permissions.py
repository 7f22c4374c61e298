"""Who may change what a service is, who runs services and which lines there are."""


def may_change(user, obj=None) -> bool:
    """True for coordinators and administrators: these texts are shared by every centre."""
    return user.is_authenticated and user.changes_everything
