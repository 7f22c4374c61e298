import pytest

from guidance.byte_ranges import OutsideError, part_asked_for


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-30", (70, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=99-99", (99, 100)),
        ("", None),
        ("bytes=-", None),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "9" * 1000 + "-", None),
    ],
)
def test_part_asked_for(header, part):
    assert part_asked_for(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_part_after_the_end(header):
    with pytest.raises(OutsideError):
        part_asked_for(header, 100)
