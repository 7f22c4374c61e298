from django.urls import path

from . import feedback, views

app_name = "staff"
urlpatterns = [
    path("", views.home, name="home"),
    path("inkommet/", feedback.feedback_list, name="feedback"),
    path("inkommet/<uuid:key>/", feedback.feedback_detail, name="feedback_detail"),
]
