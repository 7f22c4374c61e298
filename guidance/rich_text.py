"""The HTML that texts may hold, whatever was typed, pasted or imported."""

import re
from urllib.parse import urlsplit

import nh3

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "img"),
}
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
}
OWN_FILES = ("/media/", "/static/")
_SCHEMES = {"http", "https", "mailto", "tel"}
_SCOPES = {"row", "col", "rowgroup", "colgroup"}
_LINK = re.compile(r"https?://\S+|(mailto|tel):\S+|/(?![/\\])\S*|#\S+", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([2-4])>")
_LOWEST = 4
_SMALL_NUMBER = re.compile(r"[1-9]\d{0,3}")
# What the cleaner writes: every value in double quotes, and none inside one.
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')


def clean(html: str) -> str:
    """The allowed parts of some HTML, well formed. Other tags go, and what they hold stays.

    Links lead to the web, a mailbox, a telephone or a path of the portal. Pictures are the
    portal's own and have a text alternative; others go.
    """
    # Twice: taking a tag away may leave others in places where they are read in another way.
    return _cleaned(_cleaned(html.replace("\x00", "")))


def _cleaned(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "template"},
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return _PICTURE.sub(_with_text, cleaned).strip()


def with_headings_from(html: str, first: int) -> str:
    """Clean HTML whose highest headings have the level `first`, with none left out below them.

    Who listens to a page goes by its headings, and whoever writes a part need not know the whole.
    """
    above: list[tuple[int, int]] = []  # each heading that this stands under: as written, as told
    opened: list[int] = []

    def told(tag: re.Match[str]) -> str:
        if tag[1]:
            return f"</h{opened.pop()}>"
        written = int(tag[2])
        while above and above[-1][0] >= written:
            above.pop()
        level = min(above[-1][1] + 1, _LOWEST) if above else first
        above.append((written, level))
        opened.append(level)
        return f"<h{level}>"

    return _HEADING.sub(told, html)


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or None where it must go."""
    match name:
        case "href":
            return value.strip() if _is_link(value.strip()) else None
        case "src":
            is_own = value.startswith(OWN_FILES) and ".." not in value
            return value if is_own else None
        case "scope":
            return value if value in _SCOPES else None
        case "colspan" | "rowspan" | "width" | "height":
            return value if _SMALL_NUMBER.fullmatch(value) else None
    return value


def _is_link(address: str) -> bool:
    """Whether it leads where it seems to: nothing stands before an @ that looks like its host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return _LINK.fullmatch(address) is not None and "@" not in parts.netloc


def _with_text(picture: re.Match[str]) -> str:
    """A picture that has a file and words for who cannot see it, else nothing."""
    attributes = picture[1]
    has_words = re.search(r' alt="\s*[^"\s]', attributes)
    return picture[0] if has_words and ' src="' in attributes else ""
