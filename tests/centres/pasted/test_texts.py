"""Twelve whole texts as open preschools publish them."""

from pathlib import Path

import pytest

from .score import score

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_read_right_and_no_line_is_lost(path):
    found = score(path)
    assert (found.missing, found.false, found.lost) == ([], [], [])
