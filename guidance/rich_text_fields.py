"""One field for rich text, in models and forms: whatever is typed or pasted comes out clean.

With script an editor stands over the text area; without it one types plain text, where a blank line
begins a paragraph, or goes on in the HTML that is there. Nothing that can be read is ever lost.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.widgets import Script
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.translation import gettext as _

from .rich_text import TAGS, clean

_A_TAG = re.compile(rf"</?({'|'.join(sorted(TAGS | {'div', 'span', 'h1', 'b', 'i'}))})\b", re.I)
_OTHER_NAMES = {"b": "strong", "i": "em", "h1": "h2"}
_OTHER_NAME = re.compile(r"<(/?)(b|i|h1)(?=[\s>/])", re.I)
_PICTURE = re.compile(r"<img\b", re.I)


def as_html(typed: str) -> str:
    """What was typed: HTML as it is, plain text as paragraphs."""
    text = typed.replace("\r\n", "\n").strip()
    if not text or _A_TAG.search(text):
        return _OTHER_NAME.sub(lambda tag: f"<{tag[1]}{_OTHER_NAMES[tag[2].lower()]}", text)
    paragraphs = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)


class RichTextarea(forms.Textarea):
    """A text area that `js/rich_text.js` turns into an editor."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 8, **(attrs or {})})

    @property
    def media(self):
        return forms.Media(
            css={"all": ["django_prose_editor/editor.css", "css/components/rich_text.css"]},
            js=[Script("js/rich_text.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-rich-text"] = static("django_prose_editor/editor.js")
        return context

    def use_required_attribute(self, initial):
        """The browser cannot point at a text area that the editor hides."""
        return False


class RichTextFormField(forms.CharField):
    widget = RichTextarea

    def to_python(self, value):
        """Clean HTML. A picture that would be dropped is told of instead."""
        html = as_html(super().to_python(value))
        cleaned = clean(html)
        if len(_PICTURE.findall(cleaned)) < len(_PICTURE.findall(html)):
            raise ValidationError(
                _(
                    "Varje bild ska ligga på portalen och ha en beskrivning för den som inte ser "
                    "den. Ta bort bilden eller skriv en beskrivning."
                ),
                code="picture",
            )
        return cleaned


class RichTextField(models.TextField):
    """A `TextField` of clean HTML; its form field is the editor, in the admin too."""

    def formfield(self, **kwargs):
        return super().formfield(
            **{**kwargs, "form_class": RichTextFormField, "widget": RichTextarea}
        )

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
