import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.word_changes import MANY_WORDS, as_text, compared, html_as_text


def marked(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("Ring BVC.", "Ring BVC.", "Ring BVC.", "Ring BVC."),
        ("Ring BVC i dag.", "Ring 1177 i dag.", "Ring[ BVC] i dag.", "Ring[ 1177] i dag."),
        ("ett\ntvå", "ett\nnytt\ntvå", "ett\ntvå", "ett\n[nytt\n]två"),
        ("Inte sover", "Inte sover nu", "Inte sover", "Inte sover[ nu]"),
        ("", "Ny.", "", "[Ny.]"),
        ("Gammal.", "", "[Gammal.]", ""),
    ],
)
def test_words_that_differ_are_marked(old, new, left, right):
    change = compared(old, new)
    assert (marked(change.old), marked(change.new)) == (left, right)
    assert change.is_none == (old == new)


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_nothing_is_lost_on_either_side(old, new):
    change = compared(old, new)
    assert "".join(piece.text for piece in change.old) == old
    assert "".join(piece.text for piece in change.new) == new


def test_two_long_texts_are_compared_at_once():
    long = " ".join(f"ord{n % 50}" for n in range(5 * MANY_WORDS))
    assert marked(compared(long, f"{long} slut").new).endswith("slut]")


def test_html_is_read_as_lines_with_its_links_and_marks():
    html = (
        '<h2>Natt</h2><p>Turas <strong>om</strong>. <a href="/bvc/">BVC</a></p><ul><li>Vila</li>'
        '</ul><ol><li>Sov</li></ol><figure><img src="/media/a.jpg" alt="En säng"></figure>'
    )
    lines = ["## Natt", "Turas **om**. BVC (/bvc/)", "• Vila", "1. Sov", "[En säng: /media/a.jpg]"]
    assert html_as_text(html).splitlines() == lines


def test_other_words_are_read_with_their_names():
    sources = [{"title": "Bok", "publisher": "Förlag"}, {"title": "Sida", "tags": []}]
    assert as_text(sources) == "title: Bok\npublisher: Förlag\ntitle: Sida"
    assert as_text(None) == ""
