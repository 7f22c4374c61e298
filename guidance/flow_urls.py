from django.urls import path

from . import flow_facts, flow_staff, flow_views, show_card_views

app_name = "flows"
STAFF = "personal/fragefloden/<slug:slug>/"
urlpatterns = [
    path("vagledning/", flow_views.flow_list, name="list"),
    path("vagledning/<slug:slug>/", flow_views.flow_detail, name="detail"),
    path("vagledning/<slug:slug>/for-personal/", flow_views.flow_for_staff, name="for_staff"),
    path("visa-for-personalen/", show_card_views.show_cards, name="show_cards"),
    path(
        "visa-for-personalen/<slug:language>/", show_card_views.show_cards_in, name="show_cards_in"
    ),
    path("personal/fragefloden/", flow_staff.flow_list, name="staff_list"),
    path("personal/fragefloden/ny/", flow_facts.flow_add, name="staff_add"),
    path(STAFF, flow_staff.flow_drawn, name="staff_flow"),
    path(f"{STAFF}skriv/", flow_staff.flow_edit, name="staff_edit"),
    path(f"{STAFF}om/", flow_facts.flow_facts, name="staff_facts"),
    path(f"{STAFF}<slug:language>/", flow_staff.flow_drawn, name="staff_flow"),
    path(f"{STAFF}<slug:language>/skriv/", flow_staff.flow_edit, name="staff_edit"),
]
