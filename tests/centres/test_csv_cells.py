import pytest

from centres.csv_cells import as_csv, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Hjällbo", "Hjällbo"),
        (None, ""),
        (120, "120"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+46 31", "'+46 31"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("  =1+1", "'  =1+1"),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
    ],
)
def test_no_cell_is_a_formula(value, cell):
    assert safe_cell(value) == cell


def test_semicolons_and_quotes_stay_inside_their_cell():
    assert as_csv([["A", "B"], ['x;y "z"', "=2"]]) == '\ufeffA;B\r\n"x;y ""z""";\'=2\r\n'
