"""What differs between the words of two versions, field by field."""

from dataclasses import dataclass

from ..models import Version
from ..word_changes import Change, as_text, compared, html_as_text


@dataclass(frozen=True)
class FieldChange:
    label: str
    change: Change


def changes(version: Version, words: dict) -> list[FieldChange]:
    """From the words of a version to other words of its kind; only what differs."""
    found = []
    for name in version.WORDS:
        change = _of(getattr(version, name), words[name], is_rich=name in version.RICH)
        if not change.is_none:
            label = str(version._meta.get_field(name).verbose_name)
            found.append(FieldChange(label, change))
    return found


def _of(old: object, new: object, *, is_rich: bool) -> Change:
    """Of rich text the words; where only its form differs, as of a header cell, the HTML itself."""
    if is_rich:
        change = compared(html_as_text(old), html_as_text(new or ""))
        if not change.is_none:
            return change
    return compared(as_text(old), as_text(new))
