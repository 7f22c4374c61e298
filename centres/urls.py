from django.urls import path

from . import views

app_name = "centres"
urlpatterns = [
    path("familjecentraler/", views.centre_list, name="list"),
    path("familjecentraler/<slug:slug>/", views.centre_detail, name="detail"),
    path("stadsdelar/<slug:slug>/", views.district_detail, name="district"),
    path("utbyggnad/", views.coverage_overview, name="coverage"),
    # Last in the site: /bvc/, /barnmorska/ and so on; an unknown slug is a 404.
    path("<slug:slug>/", views.service_detail, name="service"),
]
