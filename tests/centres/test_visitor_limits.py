"""The count of what comes from one connection: shared, and without who it was."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache

from centres.visitor_limits import MOST_AN_HOUR, may_send_more
from tests.factories import stockholm

NOW = stockholm(2026, 11, 24, 10)
pytestmark = pytest.mark.usefixtures("no_counts")


@pytest.fixture
def no_counts():
    cache.clear()
    yield
    cache.clear()


def send(rf, address, *, at=NOW) -> bool:
    return may_send_more(rf.post("/", REMOTE_ADDR=address), "test", at=at)


def test_limit_counts_each_connection_by_the_hour(rf):
    assert all(send(rf, "192.0.2.1") for _ in range(MOST_AN_HOUR))
    assert not send(rf, "192.0.2.1")
    assert send(rf, "192.0.2.2")
    assert send(rf, "192.0.2.1", at=NOW + timedelta(hours=1))


def test_devices_of_one_household_count_as_one(rf):
    assert all(send(rf, f"2001:db8::{n}") for n in range(1, MOST_AN_HOUR + 1))
    assert not send(rf, "2001:db8::ffff")
    assert send(rf, "2001:db8:0:1::1")


@pytest.mark.parametrize("address", ["", "x", "\0", "unix:", "1.2.3.4.5"])
def test_connection_without_an_address_is_counted_too(rf, address):
    assert send(rf, address)


def test_workers_share_the_count(rf, tmp_path, monkeypatch):
    """Two instances of the cache over the same files, as two processes have them."""
    for number in range(MOST_AN_HOUR):
        worker = FileBasedCache(tmp_path, {})
        monkeypatch.setattr("centres.visitor_limits.cache", worker)
        assert send(rf, "192.0.2.1"), number
    monkeypatch.setattr("centres.visitor_limits.cache", FileBasedCache(tmp_path, {}))
    assert not send(rf, "192.0.2.1")


def test_neither_the_address_nor_yesterdays_salt_is_kept(rf, monkeypatch):
    kept = {}

    class Recorder:
        def get(self, key, default=None):
            return kept.get(key, default)

        def set(self, key, value, timeout=None):
            kept[key] = value
            assert timeout <= 86_400

    monkeypatch.setattr("centres.visitor_limits.cache", Recorder())
    send(rf, "192.0.2.77")
    today = kept["visitor-limits-salt"]
    send(rf, "192.0.2.77", at=NOW + timedelta(days=1))
    assert "192.0.2" not in repr(kept)
    assert today[1] not in repr(kept)
    assert len(kept) == 3  # a salt, and a count of each day that nothing ties to the other
