"""Forms for drafts with files: a picture, a film. A file is let in or refused before the rest."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..news.letting_in import film_let_in, picture_let_in
from ..uploads.receiving import FILM_FIELD
from ..uploads.refusals import Refusal
from .forms import DraftForm

PICTURES = "image/jpeg,image/png,image/webp"


def upload(label, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": accept}),
    )


def most_said(most: int | None = None) -> str:
    """How large a file may be, in words; `most` in bytes, unless that of documents and pictures."""
    megabytes = (most or settings.UPLOAD_MOST_BYTES) // 1024**2
    return _now("Högst %(most)s MB.") % {"most": megabytes}


class MediaDraftForm(DraftForm):
    """`UPLOADS`: of each upload the field, the word that holds its key, and who lets it in."""

    UPLOADS: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found: dict = {}
        for name, word, _let_in in self.UPLOADS:
            kept = _now(" Väljer du ingen fil behålls den som finns.")
            most = settings.FILM_MOST_BYTES if name == FILM_FIELD else None
            self.fields[name].help_text = most_said(most) + (
                kept if getattr(self.instance, word) else ""
            )

    def let_in(self, at: datetime) -> None:
        self.found = {
            name: let_in(self.files[name], at)
            for name, _word, let_in in self.UPLOADS
            if name in self.files
        }

    def clean(self):
        cleaned = super().clean()
        for name, word, _let_in in self.UPLOADS:
            found = self.found.get(name)
            if isinstance(found, Refusal):
                self.add_error(name, found.sentences)
                continue
            cleaned[word] = self._kept(word) if found is None else found.pk
            setattr(self.instance, word, cleaned[word])
        return cleaned

    def _post_clean(self):
        """A browser never sends a chosen file twice: where anything is wrong it is asked for."""
        super()._post_clean()
        if self.errors:
            for name in self.found.keys() - self.errors.keys():
                self.add_error(name, _now("Välj filen en gång till."))

    def _kept(self, word: str) -> str | None:
        return getattr(self.instance, word)


class ArticleDraftForm(MediaDraftForm):
    UPLOADS = (("new_picture", "picture_id", picture_let_in),)

    new_picture = upload(_("Bild"), PICTURES)
    without_picture = forms.BooleanField(label=_("Ta bort bilden"), required=False)
    field_order = (
        *("title", "summary", "body", "new_picture", "picture_text", "picture_caption"),
        *("without_picture", "search_words"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.picture_id:
            del self.fields["without_picture"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("picture_id") and cleaned.get("picture_text") == "":
            text = _now("Skriv vad bilden visar, för den som inte ser den.")
            self.add_error("picture_text", text)
        return cleaned

    def _kept(self, word):
        return None if self.cleaned_data.get("without_picture") else super()._kept(word)


class FilmDraftForm(MediaDraftForm):
    UPLOADS = (
        (FILM_FIELD, "file_id", film_let_in),
        ("new_poster", "poster_id", picture_let_in),
    )

    new_film = upload(_("Film (MP4 eller WebM)"), "video/mp4,video/webm")
    new_poster = upload(_("Bild innan filmen börjar"), PICTURES)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("file_id") and "new_film" not in self.errors:
            self.add_error("new_film", _now("Välj en film."))
        return cleaned
