"""The shipped server itself: what it writes in its logs when visitors send what they should not."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return installation(tmp_path_factory.mktemp("installation"))


def installation(folder) -> dict:
    """The environment of an installation in `folder`: a migrated database, collected files."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "READ_DOT_ENV": "0",
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "WEB_CONCURRENCY": "1",
    }
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
        )
    return environment


@contextmanager
def served(environment, log, **more):
    """gunicorn with its shipped configuration, writing to `log`; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "familjeportal/gunicorn.py"]
    address = {"PORT": str(port), "PUBLIC_URL": f"http://localhost:{port}"}
    with log.open("wb") as file:
        server = subprocess.Popen(
            [*command, "familjeportal.wsgi"],
            cwd=ROOT,
            env={**environment, **address, **more},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(port, server):
    for _ in range(200):
        if server.poll() is not None:
            pytest.fail("The server ended before it answered.")
        try:
            return send(port, b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
        except ConnectionError:
            time.sleep(0.1)
    return pytest.fail("The server did not answer within 20 seconds.")


def send(port, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(raw)
        connection.settimeout(10)
        return connection.recv(65_536)


def test_a_question_of_ten_thousand_letters_reaches_its_page(environment, tmp_path):
    with served(environment, tmp_path / "log") as port:
        question = b"GET /sok/?q=" + b"%C3%A5" * 10_000
        assert b"200 OK" in send(port, question + b" HTTP/1.0\r\nHost: localhost\r\n\r\n")


@pytest.mark.parametrize("access_log", ["0", "1"])
def test_log_holds_no_query_address_or_line_of_a_visitors(environment, tmp_path, access_log):
    log = tmp_path / "log"
    with served(environment, log, ACCESS_LOG=access_log) as port:
        host = b"Host: localhost\r\n\r\n"
        assert b"200 OK" in send(port, b"GET /?hemlig=0 HTTP/1.0\r\n" + host)
        assert b"400" in send(port, b"GARBAGE?hemlig=1\r\n\r\n")
        send(port, b"GET /a b?hemlig=2 HTTP/1.1\r\n" + host)
        send(port, b"GET /?hemlig=" + b"3" * 9000 + b" HTTP/1.1\r\n" + host)
        send(port, b"GET /familjecentraler/?plats=hemlig HTTP/1.0\r\n" + host)
        send(port, b"GET /robots.txt?hemlig=4 HTTP/1.0\r\nReferer: http://x/?hemlig=5\r\n" + host)
        send(port, b"GET /x%0aFORGED%20LINE?hemlig=6 HTTP/1.0\r\n" + host)
        send(port, b"GET /personal/nytt-losenord/1x/hemlig-8/ HTTP/1.0\r\n" + host)
        send(port, b"GET /personal/inbjudan/hemlig9/ HTTP/1.0\r\n" + host)
        send(port, b"GET /forhandsvisning/hemlig10/ HTTP/1.0\r\n" + host)
        send(port, b"GET /?hemlig=7 HTTP/1.0\r\nHost: other.example\r\n\r\n")
        time.sleep(0.3)
    text = log.read_text()
    assert "hemlig" not in text
    assert "127.0.0.1" not in text
    assert "\nFORGED LINE" not in text
    assert ("GET /personal/inbjudan/... " in text) is (access_log == "1")
    assert ("GET /robots.txt" in text) is (access_log == "1")
