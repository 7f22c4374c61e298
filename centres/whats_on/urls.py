from django.urls import path

from . import views

app_name = "whats_on"
urlpatterns = [
    path("", views.programme, name="programme"),
    path("<uuid:pk>/", views.activity_detail, name="activity"),
]
