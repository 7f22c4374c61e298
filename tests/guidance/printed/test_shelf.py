import threading
from errno import ENOSPC

import pytest

from guidance.printed import shelf

KEY = "0" * 64


def key(number):
    return f"{number:064x}"


def test_made_once():
    assert shelf.kept_or_made(KEY, lambda: b"first") == b"first"
    assert shelf.kept_or_made(KEY, lambda: b"second") == b"first"


def test_a_failure_leaves_nothing(own_shelf):
    def fail():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        shelf.kept_or_made(KEY, fail)
    assert not list(own_shelf.glob("*.pdf"))
    assert not list(own_shelf.glob("*.new"))
    assert shelf.kept_or_made(KEY, lambda: b"again") == b"again"


def test_a_full_disk_takes_no_sheet_from_the_reader(own_shelf, monkeypatch):
    def full(_file, _path):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert shelf.kept_or_made(KEY, lambda: b"sheet") == b"sheet"


def test_the_oldest_goes(own_shelf, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_SHEETS", 3)
    for number in range(5):
        shelf.kept_or_made(key(number), lambda: b"sheet")
    assert len(list(own_shelf.glob("*.pdf"))) == 3


def test_two_at_once_make_it_once():
    made, started, go_on = [], threading.Event(), threading.Event()

    def make():
        made.append(1)
        started.set()
        go_on.wait(5)
        return b"sheet"

    found = []
    ask = [
        threading.Thread(target=lambda: found.append(shelf.kept_or_made(KEY, make)))
        for _ in range(2)
    ]
    ask[0].start()
    started.wait(5)
    ask[1].start()
    go_on.set()
    for thread in ask:
        thread.join(10)
    assert found == [b"sheet", b"sheet"]
    assert len(made) == 1


def test_more_than_there_is_room_for():
    def make_and_ask(depth):
        if depth == 0:
            return b"sheet"
        return shelf.kept_or_made(key(depth), lambda: make_and_ask(depth - 1))

    with pytest.raises(shelf.BusyError):
        make_and_ask(3)
    assert shelf.kept_or_made(KEY, lambda: b"sheet") == b"sheet"
