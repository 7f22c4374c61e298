"""A copy of a PDF without what must not stand in it; tags, title and language stay.

The copy is looked through like any other file afterwards: what is missed here is refused there.
"""

import io
from typing import BinaryIO

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
)

from ..reason import Reason, RefusedError
from . import expanding
from .structure import bad_keys, dictionaries_of, fault_of_value


def clean(content: bytes, copy: BinaryIO) -> dict:
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            _refuse_what_stays(pdf)
            _remove_opening(pdf)
            for inner in list(dictionaries_of(pdf)):
                _clean(inner)
            # What nothing leads to any more, and what was no part of the document, is left behind.
            pdf.save(copy, object_stream_mode=ObjectStreamMode.generate)
    except PasswordError:
        raise RefusedError(Reason.ENCRYPTED) from None
    except (PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        raise RefusedError(Reason.DAMAGED) from None
    return {}


def _refuse_what_stays(pdf: Pdf) -> None:
    if pdf.is_encrypted:
        raise RefusedError(Reason.ENCRYPTED)
    if reasons := list(expanding.reasons_in(pdf)):
        raise RefusedError(*reasons)


def _remove_opening(pdf: Pdf) -> None:
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") != "/GoTo":
        del pdf.Root["/OpenAction"]


def _clean(inner: Object) -> None:
    for key, _reason in list(bad_keys(inner)):
        del inner[key]
    values = inner.stream_dict if isinstance(inner, Stream) else inner
    if isinstance(inner, Stream) and "/F" in inner:
        del inner["/F"]
    for key, value in list(values.items()):
        if fault_of_value(value):
            del inner[key]
        elif isinstance(value, Array) and any(map(fault_of_value, value)):
            inner[Name(key)] = Array([one for one in value if not fault_of_value(one)])
