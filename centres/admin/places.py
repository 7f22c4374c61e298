"""Areas, districts and place names."""

from django.contrib import admin

from services.staff_admin import StaffAdmin

from ..models import CityArea, District, Place
from .base import AsksCentres


@admin.register(CityArea)
class CityAreaAdmin(AsksCentres, StaffAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(District)
class DistrictAdmin(AsksCentres, StaffAdmin):
    list_display = ["name", "city_area"]
    list_filter = ["city_area"]
    list_select_related = ["city_area"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Place)
class PlaceAdmin(AsksCentres, StaffAdmin):
    list_display = ["name", "kind", "district"]
    list_filter = ["kind", "district"]
    list_select_related = ["district"]
    search_fields = ["name"]
    autocomplete_fields = ["district"]
