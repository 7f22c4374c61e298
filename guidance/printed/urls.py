from django.urls import path

from . import views

app_name = "printed"
CENTRE = "familjecentraler/<slug:slug>/tryck/"
urlpatterns = [
    path("tryck/", views.material_list, name="list"),
    path("tryck/<slug:sheet>/<slug:language>.pdf", views.sheet_pdf, name="pdf"),
    path(CENTRE, views.centre_material, name="centre"),
    path(f"{CENTRE}<slug:sheet>/<slug:language>.pdf", views.sheet_pdf, name="centre_pdf"),
    path("t/<slug:code>/", views.edition_detail, name="edition"),
    path("personal/tryck/", views.staff_material, name="staff_list"),
]
