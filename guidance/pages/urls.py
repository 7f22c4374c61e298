from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views

app_name = "pages"


class AboutConverter(StringConverter):
    regex = "webbplatsen|tillganglighet|uppgifter"


register_converter(AboutConverter, "about_page")
urlpatterns = [
    path("moter-familjer/", views.professionals, name="professionals"),
    path("moter-familjer/rumslista/", views.room_list, name="rooms"),
    path("om/<about_page:slug>/", views.about_page, name="about"),
]
