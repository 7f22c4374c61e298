"""What the pages of accounts and invitations share."""

from .. import permissions


class AsksAccounts:
    """Accounts are personal data: whoever may change none does not even see them."""

    may_change = staticmethod(permissions.may_change)

    def has_view_permission(self, request, obj=None):
        return self.may_change(request.user, obj or self.model)


class OffersOwnCentres:
    """The person chooses among the centres where they may let people work."""

    def is_administrator(self, request) -> bool:
        return request.user.changes_accounts

    def get_autocomplete_fields(self, request):
        """A search finds centres of every area; a coordinator's few stand in a list."""
        fields = super().get_autocomplete_fields(request)
        if self.is_administrator(request):
            return fields
        return [name for name in fields if name not in ("centre", "centres")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["queryset"] = permissions.centres_open_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role":
            open_ones = permissions.roles_open_to(request.user)
            kwargs["choices"] = [(r, name) for r, name in db_field.choices if r in open_ones]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
