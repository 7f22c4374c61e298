from django.urls import path

from . import feedback_views, views

app_name = "centres"
urlpatterns = [
    path("familjecentraler/", views.centre_list, name="list"),
    path("familjecentraler/<slug:slug>/", views.centre_detail, name="detail"),
    path(
        "familjecentraler/<slug:slug>/stammer-inte/", feedback_views.feedback_form, name="feedback"
    ),
    path(
        "familjecentraler/<slug:slug>/stammer-inte/tack/",
        feedback_views.feedback_thanks,
        name="feedback_thanks",
    ),
    path("stadsdelar/<slug:slug>/", views.district_detail, name="district"),
    path("utbyggnad/", views.coverage_overview, name="coverage"),
    # Last in the site: /bvc/, /barnmorska/ and so on; an unknown slug is a 404.
    path("<slug:slug>/", views.service_detail, name="service"),
]
