"""What can be found of this app: lines to call. Services are found with the centres."""

from collections.abc import Iterator

from django.db.models import Model

from .models import Line, LineText
from .searchable import Document, Found, Ids, Source


def lines(ids: Ids | None) -> Iterator[Document]:
    rows = Line.objects.prefetch_related("texts")
    for line in rows if ids is None else rows.filter(pk__in=ids):
        for text in line.texts.all():
            yield Document(
                id=line.pk,
                kind=Found.LINE,
                key=line.slug,
                title=text.name,
                summary=text.for_whom,
                also=(line.number,),
                text=f"{text.hours_note}\n{text.if_no_answer}",
                language=text.language,
            )


def ids_of_lines(row: Model) -> Ids | None:
    match row:
        case Line():
            return [row.pk]
        case LineText():
            return [row.line_id]
    return []


SOURCES = (Source("line", lines, ids_of_lines),)
