"""A search index with thousands of made-up entries, to measure with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from services.searchable import Document, Found, Ids, Source

from .finding import search
from .index import write

QUESTIONS = (
    "öppen förskola",
    "bebisen sover inte på natten och jag orkar inte mer",
    "familjesentral",
    "hur söker man plats på förskolan",
    "مركز الأسرة",
    "öppen för skola kortedala",
    "vi bråkar hela tiden om sömn mat amning språk och förskola",
)
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "da",
    "de",
    "fa",
    "fe",
    "ga",
    "ha",
    "ka",
    "la",
    "le",
    "ma",
    "mi",
    "na",
    "ne",
    "pa",
    "ra",
    "re",
    "sa",
    "se",
    "ta",
    "te",
    "va",
    "vi",
]
_COMMON = [
    "öppen",
    "förskola",
    "sömn",
    "bebis",
    "mat",
    "amning",
    "familjecentral",
    "barn",
    "förälder",
    "sova",
    "natt",
    "språk",
    "plats",
    "bvc",
    "barnmorska",
    "tid",
    "grupp",
    "hjälp",
    "stöd",
    "prata",
]


def fill(count: int) -> None:
    """Add so many entries of a guide's length, always the same ones."""
    write(Source("made_up", lambda ids: _made_up(ids, count), lambda row: []), None)


def _made_up(ids: Ids | None, count: int) -> Iterator[Document]:
    chance = Random(1)  # noqa: S311 - the same entries every time
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(12_000)]

    def some(length: int) -> str:
        return " ".join(
            chance.choice(_COMMON if chance.random() < 0.05 else words) for _ in range(length)
        )

    for number in range(count):
        yield Document(
            id=str(number),
            kind=Found.GUIDE,
            key=f"{number}",
            title=some(4),
            url="/",
            summary=some(15),
            text=some(80),
        )


def ask_many(*, at: datetime) -> timedelta:
    """The median of each question asked a few times, once the words have been read."""
    search(QUESTIONS[0], at=at)
    took = []
    for question in QUESTIONS * 5:
        start = perf_counter()
        search(question, at=at)
        took.append(perf_counter() - start)
    return timedelta(seconds=median(took))
