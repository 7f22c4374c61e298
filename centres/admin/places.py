"""Areas, districts and place names."""

from django.contrib import admin

from services.staff_admin import StaffHistoryAdmin

from .. import permissions
from ..models import CityArea, District, Place
from .base import AsksCentres


@admin.register(CityArea)
class CityAreaAdmin(AsksCentres, StaffHistoryAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fixed_once_saved = ("slug",)


@admin.register(District)
class DistrictAdmin(AsksCentres, StaffHistoryAdmin):
    list_display = ["name", "city_area"]
    list_filter = ["city_area"]
    list_select_related = ["city_area"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fixed_once_saved = ("slug",)
    fields = [
        "name",
        "slug",
        "city_area",
        "children_under_six",
        "children_counted_on",
        "children_source",
    ]

    def get_readonly_fields(self, request, obj=None):
        closed = permissions.fields_closed_to(request.user, obj) if obj else ()
        return [*super().get_readonly_fields(request, obj), *closed]


@admin.register(Place)
class PlaceAdmin(AsksCentres, StaffHistoryAdmin):
    list_display = ["name", "kind", "district"]
    list_filter = ["kind", "district"]
    list_select_related = ["district"]
    search_fields = ["name"]
    fields = ["name", "kind", "district", "latitude", "longitude"]
    autocomplete_fields = ["district"]
