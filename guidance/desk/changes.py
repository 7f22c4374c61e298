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
        text = html_as_text if name in version.RICH else as_text
        change = compared(text(getattr(version, name)), text(words[name] or ""))
        if not change.is_none:
            label = str(version._meta.get_field(name).verbose_name)
            found.append(FieldChange(label, change))
    return found
