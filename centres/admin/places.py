"""Areas, districts and place names."""

from django.contrib import admin

from services.staff_admin import StaffHistoryAdmin

from ..models import CityArea, District, Place
from .base import AsksCentres


@admin.register(CityArea)
class CityAreaAdmin(AsksCentres, StaffHistoryAdmin):
    list_display = ["name"]
    search_fields = ["name"]
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


@admin.register(Place)
class PlaceAdmin(AsksCentres, StaffHistoryAdmin):
    list_display = ["name", "kind", "district"]
    list_filter = ["kind", "district"]
    list_select_related = ["district"]
    search_fields = ["name"]
    autocomplete_fields = ["district"]
