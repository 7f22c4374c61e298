"""The six services, their texts and what they say of confidentiality, and the lines to call."""

from dataclasses import dataclass

from services.languages import Language
from services.models import (
    ConfidentialityFact,
    Line,
    LineText,
    Service,
    ServiceText,
)
from services.validators import HIGHEST_AGE

from .rows import Row, refuse_twins

_SERVICE_WORDS = ("name", "definite_name", "summary", "what_it_is", "for_whom")
_MORE_SERVICE_WORDS = ("age_words", "cost", "how_to_come", "interpreting", "first_visit")
_LINE_HOURS = (Line.Hours.ALWAYS, Line.Hours.NOT_KNOWN)


@dataclass(frozen=True)
class KnownConfidentiality:
    """A question of confidentiality with its source; `answers` by language."""

    question: str
    source: str
    answers: dict[str, str]


@dataclass(frozen=True)
class KnownWords:
    """A service or a line: the fields of its row, and those of its texts by language."""

    fields: dict
    texts: dict[str, dict]
    confidentiality: tuple[KnownConfidentiality, ...] = ()


def services_in(row: Row) -> list[KnownWords]:
    """In the order of the file, which is the order of the rooms."""
    rows = row.rows("services")
    refuse_twins(rows, "slug")
    refuse_twins(rows, "kind")
    return [_service(inner, position) for position, inner in enumerate(rows, start=1)]


def _service(row: Row, position: int) -> KnownWords:
    service = KnownWords(
        fields={
            "kind": row.one_of("kind", Service.Kind.values, "service kind"),
            "slug": row.text("slug", of=Service),
            "position": position,
            "for_expectant_parents": row.answer("for_expectant_parents", False),
            "min_age_months": row.number("min_age_months", 0, HIGHEST_AGE, None),
            "max_age_months": row.number("max_age_months", 0, HIGHEST_AGE, None),
            "is_free": row.answer("is_free"),
            "self_referral": row.answer("self_referral"),
            "interpreter": row.answer("interpreter"),
        },
        texts=_texts(row, ServiceText, _SERVICE_WORDS, _MORE_SERVICE_WORDS),
        confidentiality=_confidentiality(row),
    )
    row.finish()
    return service


def _confidentiality(row: Row) -> tuple[KnownConfidentiality, ...]:
    rows = row.rows("confidentiality", [])
    refuse_twins(rows, "question")
    return tuple(_confidentiality_fact(inner) for inner in rows)


def _confidentiality_fact(row: Row) -> KnownConfidentiality:
    answers = row.row("answers")
    fact = KnownConfidentiality(
        question=row.one_of("question", ConfidentialityFact.Question.values, "question"),
        source=row.text("source", of=ConfidentialityFact),
        answers={language: answers.text(language) for language in _languages(answers)},
    )
    answers.finish()
    row.finish()
    return fact


def lines_in(row: Row) -> list[KnownWords]:
    """In the order of the file."""
    rows = row.rows("lines")
    refuse_twins(rows, "slug")
    return [_line(inner, position) for position, inner in enumerate(rows, start=1)]


def _line(row: Row, position: int) -> KnownWords:
    line = KnownWords(
        fields={
            "slug": row.text("slug", of=Line),
            "number": row.text("number", of=Line),
            "hours": row.one_of("hours", _LINE_HOURS, "kind of hours"),
            "anonymous": row.answer("anonymous"),
            "on_every_page": row.answer("on_every_page", False),
            "position": position,
            "source": row.text("source", of=Line),
            "checked_on": row.day("checked_on", None),
        },
        texts=_texts(row, LineText, ("name", "for_whom"), ("hours_note", "if_no_answer")),
    )
    row.finish()
    return line


def _texts(
    row: Row, model, required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, dict]:
    """By language; Swedish must be among them."""
    row_of_texts = row.row("texts")
    languages = _languages(row_of_texts)
    found = {}
    for language in languages:
        text = row_of_texts.row(language)
        found[language] = {name: text.text(name, of=model) for name in required} | {
            name: text.text(name, "", of=model) for name in optional
        }
        text.finish()
    return found


def _languages(row: Row) -> list[str]:
    if Language.SWEDISH not in row.values:
        row.refuse(f"missing key {Language.SWEDISH.value!r}")
    for language in row.values:
        if language not in Language.values:
            row.refuse(f"unknown language {language!r}")
    return list(row.values)
