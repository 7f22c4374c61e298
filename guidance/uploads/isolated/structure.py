"""What stands in a PDF that a reader's program might act upon.

Every object is looked at, whether anything leads to it or not: which of them a program follows is
its own affair.
"""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream, String

from ..reason import Reason

_ACTIONS = {
    "/JavaScript": Reason.JAVASCRIPT,
    "/Launch": Reason.LAUNCH,
    "/SubmitForm": Reason.SUBMIT,
    "/ImportData": Reason.IMPORT,
    "/GoToE": Reason.ATTACHMENT,
    "/GoToR": Reason.OTHER_FILE,
    "/Rendition": Reason.MEDIA,
    "/Sound": Reason.MEDIA,
    "/Movie": Reason.MEDIA,
    "/RichMediaExecute": Reason.MEDIA,
    "/GoTo3DView": Reason.MEDIA,
}
_SUBTYPES = {
    "/FileAttachment": Reason.ATTACHMENT,
    "/RichMedia": Reason.MEDIA,
    "/3D": Reason.MEDIA,
    "/Movie": Reason.MEDIA,
    "/Sound": Reason.MEDIA,
    "/Screen": Reason.MEDIA,
}
# By their keys; a font or a picture may be called so too, hence the kind of the value.
_KEYS = {
    "/JS": (Reason.JAVASCRIPT, (String, Stream)),
    "/JavaScript": (Reason.JAVASCRIPT, (Dictionary,)),
    "/XFA": (Reason.XFA, (Array, Stream)),
    "/EmbeddedFiles": (Reason.ATTACHMENT, (Dictionary,)),
    "/Collection": (Reason.ATTACHMENT, (Dictionary,)),
}
_FILE_KEYS = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
_SCHEME = re.compile(rb"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_UNSEEN = re.compile(rb"[^\x21-\x7e]")  # programs look past them before they read an address
_SAFE_SCHEMES = {b"http", b"https", b"mailto", b"tel"}


def reasons_in(pdf: Pdf) -> Iterator[Reason]:
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") != "/GoTo":
        yield Reason.ON_OPENING  # to begin at a certain page is no harm
    for inner in dictionaries_of(pdf):
        yield from faults_of(inner)


def dictionaries_of(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream, however deep inside another object."""
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Dictionary | Stream):
                yield one
                inner = one.values() if isinstance(one, Dictionary) else one.stream_dict.values()
            elif isinstance(one, Array):
                inner = one
            else:
                continue
            waiting += [
                part
                for part in inner
                if isinstance(part, Dictionary | Array) and not part.is_indirect
            ]


def faults_of(inner: Object) -> Iterator[Reason]:
    """What one dictionary must not hold or be."""
    if fault := fault_of_value(inner):
        yield fault
    if isinstance(inner, Stream) and isinstance(inner.get("/F"), Dictionary | String):
        yield Reason.OTHER_FILE  # its data are in another file
    yield from (reason for _key, reason in bad_keys(inner))


def fault_of_value(inner: object) -> Reason | None:
    """Why something must not stand anywhere: an action, an annotation or a file inside."""
    if not isinstance(inner, Dictionary | Stream):
        return None
    if inner.get("/Type") == "/EmbeddedFile":
        return Reason.ATTACHMENT
    if inner.get("/S") == "/URI" and not _leads_to_the_web(inner.get("/URI")):
        return Reason.LINK
    return _named(inner.get("/S"), _ACTIONS) or _named(inner.get("/Subtype"), _SUBTYPES)


def _named(name: object, reasons: dict[str, Reason]) -> Reason | None:
    return next((reason for one, reason in reasons.items() if name == one), None)


def _leads_to_the_web(address: object) -> bool:
    written = _UNSEEN.sub(b"", bytes(address)) if isinstance(address, String) else b""
    scheme = _SCHEME.match(written)
    return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


def bad_keys(inner: Object) -> Iterator[tuple[str, Reason]]:
    for key, (reason, kinds) in _KEYS.items():
        if isinstance(inner.get(key), kinds):
            yield key, reason
    automatic = inner.get("/AA")
    if isinstance(automatic, Dictionary) and any(map(_is_action, automatic.values())):
        yield "/AA", Reason.AUTOMATIC
    embedded = inner.get("/EF")
    if isinstance(embedded, Dictionary) and _FILE_KEYS & set(embedded.keys()):
        yield "/EF", Reason.ATTACHMENT


def _is_action(value: object) -> bool:
    return isinstance(value, Dictionary) and "/S" in value
