"""Staff's pages for the words that the search knows."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffHistoryAdmin

from . import permissions
from .models import Synonym, UrgentWord

LISTED = 6


class WordsAdmin(StaffHistoryAdmin):
    may_change = staticmethod(permissions.may_change)
    fixed_once_saved = ("slug",)
    search_fields = ["slug", "words"]

    @admin.display(description=_("ord och uttryck"))
    def first_words(self, row):
        more = "" if len(row.phrases) <= LISTED else " …"
        return ", ".join(row.phrases[:LISTED]) + more


@admin.register(Synonym)
class SynonymAdmin(WordsAdmin):
    list_display = ["slug", "first_words"]
    fields = ["slug", "words"]


@admin.register(UrgentWord)
class UrgentWordAdmin(WordsAdmin):
    list_display = ["slug", "first_words", "line", "other_line", "position"]
    list_select_related = ["line", "other_line"]
    fields = ["slug", "words", ("line", "other_line"), "position"]
