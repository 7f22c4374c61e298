"""Who writes and who reviews what is published.

A communicator writes in every language, a translator in other languages than Swedish. A reviewer
approves, and writes nothing. Coordinators and administrators do all of it, but nobody approves what
they have written themselves (`publishing`). Editors read.
"""

from services.languages import Language
from services.permissions import is_translation

from .models import SupportContactText, TopicText, Version
from .publishing import Person

WORDS = (SupportContactText, TopicText)


def may_write(user, language: str = Language.SWEDISH) -> bool:
    """Whether `user` may write texts in a language."""
    if user.changes_everything or user.writes_shared_texts:
        return True
    return user.translates and language != Language.SWEDISH


def languages_to_write(user) -> list[tuple[str, str]]:
    """Code and name of each language that `user` may write texts in."""
    return [(code, name) for code, name in Language.choices if may_write(user, code)]


def may_review(user) -> bool:
    return user.changes_everything or user.reviews_texts


def person_for(user, language: str) -> Person:
    """The user as the rules of publishing know them."""
    return Person(user.pk, writes=may_write(user, language), reviews=may_review(user))


def may_change(user, obj=None) -> bool:
    """Whether `user` may change `obj`; for a model: any such row; for None: anything here.

    Of a version only that its words may be written; the rules of publishing say when.
    """
    if not user.is_authenticated:
        return False
    if user.changes_everything or user.writes_shared_texts:
        return True
    if obj is None:
        return user.translates
    model = obj if isinstance(obj, type) else type(obj)
    is_words = model in WORDS or issubclass(model, Version)
    return user.translates and is_words and (obj is model or is_translation(obj))
