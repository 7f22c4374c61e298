from django.urls import path, register_converter
from django.urls.converters import SlugConverter, StringConverter

from . import document_staff, document_views

app_name = "documents"


class KindConverter(StringConverter):
    regex = "pdf|webp"


class LanguageConverter(SlugConverter):
    """Letters and hyphens, so that it is never taken for a number."""

    regex = "[a-z][a-z-]{1,19}"


register_converter(KindConverter, "file_kind")
register_converter(LanguageConverter, "text_language")
VERSION = "dokument/<slug:slug>/<int:number>/"
IN_LANGUAGE = "dokument/<slug:slug>/<text_language:language>/<int:number>/"
STAFF = "personal/dokument/<slug:slug>/"
STAFF_IN_LANGUAGE = f"{STAFF}<text_language:language>/"
FILE = "<slug:name>.<file_kind:kind>"
urlpatterns = [
    path("dokument/", document_views.document_list, name="list"),
    path("dokument/<slug:slug>/", document_views.document_detail, name="detail"),
    path(VERSION, document_views.document_version, name="version"),
    path(IN_LANGUAGE, document_views.document_version, name="version"),
    path(f"{VERSION}{FILE}", document_views.document_file, name="file"),
    path(f"{IN_LANGUAGE}{FILE}", document_views.document_file, name="file"),
    path("personal/dokument/", document_staff.document_list, name="staff_list"),
    path("personal/nytt-dokument/", document_staff.document_add, name="staff_add"),
    path(STAFF, document_staff.document_detail, name="staff_document"),
    path(f"{STAFF}uppgifter/", document_staff.document_facts, name="staff_facts"),
    path(f"{STAFF}skriv/", document_staff.document_write, name="staff_write"),
    path(f"{STAFF}<uuid:pk>.<file_kind:kind>", document_staff.document_file, name="staff_file"),
    path(STAFF_IN_LANGUAGE, document_staff.document_detail, name="staff_document"),
    path(f"{STAFF_IN_LANGUAGE}skriv/", document_staff.document_write, name="staff_write"),
]
