from django.urls import path

from . import links, pictures, preview, views

app_name = "publishing"
TEXT = "personal/publicera/<slug:kind>/<uuid:pk>/"
urlpatterns = [
    path("personal/publicera/", views.desk, name="desk"),
    path("personal/publicera/lankar/", links.links, name="links"),
    path("personal/publicera/bilder/", pictures.pictures, name="pictures"),
    path("personal/publicera/<slug:kind>/borja/<uuid:owner>/", views.begin, name="begin"),
    path(TEXT, views.text, name="text"),
    path(f"{TEXT}skriv/", views.edit, name="edit"),
    path(f"{TEXT}jamfor/", views.compare, name="compare"),
    path("forhandsvisning/<str:token>/", preview.preview, name="preview"),
    path(
        "forhandsvisning/<str:token>/fil.<file_kind:kind>",
        preview.preview_file,
        name="preview_file",
    ),
]
