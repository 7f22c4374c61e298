from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import feed, files, staff, views

app_name = "news"


class HashConverter(StringConverter):
    regex = "[0-9a-f]{64}"


class FilmKindConverter(StringConverter):
    regex = "mp4|webm"


register_converter(HashConverter, "sha256")
register_converter(FilmKindConverter, "film_kind")
urlpatterns = [
    path("nyheter/", views.article_list, name="articles"),
    path("nyheter/flode.atom", feed.LatestNews(), name="feed"),
    path("nyheter/<slug:slug>/", views.article_detail, name="article"),
    path("film/", views.film_list, name="films"),
    path("film/<slug:slug>/", views.film_detail, name="film"),
    path("personal/nyheter/ny/", staff.article_add, name="staff_article_add"),
    path("personal/nyheter/<slug:slug>/", staff.article_facts, name="staff_article"),
    path("personal/film/ny/", staff.film_add, name="staff_film_add"),
    path("media/bild/<sha256:key>.webp", files.picture_file, name="picture"),
    path("media/film/<sha256:key>.<film_kind:kind>", files.film_file, name="film_file"),
    path("media/undertexter/<uuid:pk>.vtt", files.captions_file, name="captions"),
]
