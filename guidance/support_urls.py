from django.urls import path

from . import support_views

app_name = "support"
urlpatterns = [
    path("foraldrastod/", support_views.support_near, name="near"),
    path("foraldrastod/<slug:slug>/", support_views.support_contact, name="contact"),
]
