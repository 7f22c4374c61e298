"""What the pages of this app share: whose rows, and what a row is about."""

from django.contrib import admin
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffInline

from .. import permissions
from ..actions import revise


class AsksCentres:
    """Asks this app's rules, and offers only the houses and rooms that the person may change."""

    may_change = staticmethod(permissions.may_change)
    may_add_or_remove = staticmethod(permissions.may_add_or_remove)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["queryset"] = permissions.centres_open_to(request.user)
        elif db_field.name in ("service_at_centre", "organiser"):
            kwargs["queryset"] = permissions.rooms_open_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OffersOwnInSearch:
    """For the pages of houses and rooms: a search from another form finds what one may change."""

    open_to = None

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.view_name == "admin:autocomplete":
            found = found.filter(pk__in=self.open_to(request.user).values("pk"))
        return found, may_repeat


class CountsForCalendars:
    """Deleting such a row changes what calendars say of its room or house."""

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        revise(_about(obj))

    def delete_queryset(self, request, queryset):
        changed = {_about(row) for row in queryset}
        super().delete_queryset(request, queryset)
        for target in changed:
            revise(target)


def _about(row):
    return row.service_at_centre or row.centre


class AboutHouseOrRoom:
    """A row that is about a whole house or about one room, chosen once and for all."""

    autocomplete_fields = ["centre", "service_at_centre"]
    targets = ("service_at_centre", "centre")

    @admin.display(description=_("gäller"))
    def about(self, obj):
        if obj.service_at_centre:
            return str(obj.service_at_centre)
        return _now("Hela huset: %(centre)s") % {"centre": obj.centre}

    def get_targets(self, request):
        return self.targets

    def get_fieldsets(self, request, obj=None):
        target = ("about",) if obj else self.get_targets(request)
        return [(_("Gäller"), {"fields": target}), *self.fieldsets]

    def get_readonly_fields(self, request, obj=None):
        return ["about", *super().get_readonly_fields(request, obj)]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(
            "centre", "service_at_centre__centre", "service_at_centre__service"
        )


class CentresInline(AsksCentres, StaffInline):
    """Rows inside the page of a house or a room."""
