from django.urls import path

from . import views

app_name = "guidance"
urlpatterns = [
    path("rad-och-stod/", views.topic_list, name="topics"),
    path("rad-och-stod/<slug:slug>/", views.topic_detail, name="topic"),
    path("rad-och-stod/<slug:topic>/<slug:slug>/", views.guide_detail, name="guide"),
]
