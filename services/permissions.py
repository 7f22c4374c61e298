"""Who may change what a service is, who runs services and which lines there are.

Every centre shares these, so an editor changes none of them. Coordinators and administrators change
everything. A communicator writes the words about services and lines, in every language. A
translator writes the words in other languages than Swedish, the answers about confidentiality
included: their Swedish is reviewed by somebody who knows the law, and is left to coordinators.
"""

from .languages import Language
from .models import ConfidentialityFactText, LineText, ServiceText

WRITTEN_BY_COMMUNICATORS = (ServiceText, LineText)
TRANSLATED = (*WRITTEN_BY_COMMUNICATORS, ConfidentialityFactText)


def may_change(user, obj=None) -> bool:
    """Whether `user` may change `obj`; for a model: any such row; for None: anything here."""
    if not user.is_authenticated:
        return False
    if user.changes_everything:
        return True
    if obj is None:
        return user.writes_shared_texts or user.translates
    model = obj if isinstance(obj, type) else type(obj)
    if user.writes_shared_texts:
        return model in WRITTEN_BY_COMMUNICATORS
    return user.translates and model in TRANSLATED and (obj is model or is_translation(obj))


def is_translation(text) -> bool:
    """Whether a row of words is in another language than Swedish; easy Swedish is one."""
    return text.language != Language.SWEDISH
