"""Files as tables: what spreadsheets write, what can be read back, what is refused."""

import pytest

from centres.bulk.plan import in_ranges
from centres.bulk.sheet import (
    MOST_BYTES,
    MOST_ROWS,
    SheetError,
    cell_text,
    decode,
    is_formula,
    read_sheet,
    write_sheet,
)

TEXT = "Namn;Ort\r\nÅsa;Göteborg\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_reads_encodings_and_delimiters(encoding, delimiter):
    sheet = read_sheet(decode(TEXT.replace(";", delimiter).encode(encoding)))
    assert sheet.headings == ("namn", "ort")
    assert sheet.rows == {2: ("Åsa", "Göteborg")}


def test_rows_keep_the_numbers_of_the_spreadsheet():
    sheet = read_sheet('A;B\r\n\r\n;\r\n"två\r\nrader";x\r\ny;z\r\n')
    assert list(sheet.rows) == [4, 5]


@pytest.mark.parametrize(
    "value",
    [
        *("=1+1", "+46", "-5", "@SUM(A1)", "＝1+1", "  =1", "\t=1", "\n=1"),
        *("'=1", "''+2", "'s-Gravenhage", 'vanlig; "text"', "a=b"),
    ],
)
def test_formulas_are_disarmed_and_come_back(value):
    content = write_sheet(["A", "B"], [[value, "slut"]])
    assert content.startswith(b"\xef\xbb\xbf")
    (cell, _end) = read_sheet(decode(content)).rows[2]
    assert not is_formula(cell)
    assert cell_text(cell) == value


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b"\r\n", "tom"),
        (b"Namn;Ort\r\n;\r\n", "tom"),
        (b"PK\x03\x04 rest", "Excelfil"),
        (b"Namn\x00;Ort\r\n", "ingen text"),
        (b"\x89PNG\r\n\x1a\n", "ingen text"),
        (TEXT.encode("utf-16-le"), "ingen text"),
        ("Namn\r\nG\ufffdteborg".encode(), "ingen text"),
        (b"x" * (MOST_BYTES + 1), "för stor"),
        (b'Namn;Ort\r\n"oavslutat;x\r\n', "citattecken"),
        (b"Namn\r\n" + b"x\r\n" * (MOST_ROWS + 1), "5001 rader"),
        (b"Namn\r\n" + b"x" * 200_000, "Rad 2"),
    ],
)
def test_unreadable_file_says_what_to_do(content, says):
    with pytest.raises(SheetError, match=says):
        read_sheet(decode(content))


def test_numbers_in_ranges():
    assert in_ranges([]) == ""
    assert in_ranges([4, 2, 3, 7]) == "2–4, 7"
