"""A PostgreSQL server for the length of one command.

    python -m tests.postgres -- pytest --database-only

It lives in a temporary folder and listens on a socket there only: no port, no password, nothing
left behind. Durability is switched off, which makes it quick and good for nothing but tests.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

DATABASE = "familjeportal"
SECONDS_TO_START = 30


@contextmanager
def server() -> Iterator[str]:
    """Start the server and give the DATABASE_URL of an empty database in it."""
    binaries = _binaries()
    prefix = _as_postgres()
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _initialise(prefix, binaries, folder)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*prefix, binaries / "postgres", "-D", folder / "data", "-k", folder, *_OPTIONS],
                cwd="/",  # the server's user may not be allowed into the current folder
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C is for the tests; the server is stopped below
            )
        try:
            _create_database(process, folder)
            # As a path the folder reaches Django as HOST and the rest as NAME.
            yield f"postgres://postgres@/{quote(f'{folder}/{DATABASE}', safe='')}"
        finally:
            _stop(process)


_OPTIONS = [
    option
    for setting in (
        "listen_addresses=",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    )
    for option in ("-c", setting)
]


def _binaries() -> Path:
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    # Debian keeps the server's programs out of PATH, in a folder for each version.
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if versions := sorted(found, key=lambda path: int(path.parts[-3])):
        return versions[-1].parent
    sys.exit("PostgreSQL's server is missing. Install it: apt-get install postgresql")


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root; and it should end when this process is killed."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig=INT"] if setpriv else []
    if not setpriv:
        sys.exit("setpriv is missing. Install it (apt-get install util-linux), or do not be root.")
    user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
    return [setpriv, *user, "--pdeathsig=INT"]


def _initialise(prefix: list[str], binaries: Path, folder: Path) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"]
    done = subprocess.run(
        [*prefix, *command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        cwd="/",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"initdb failed:\n{done.stdout}{done.stderr}")


def _create_database(process: subprocess.Popen, folder: Path) -> None:
    """Wait until the server answers, then make the database."""
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user="postgres", dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up:
                log = (folder / "log").read_text(errors="replace")
                sys.exit(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.05)


def _stop(process: subprocess.Popen) -> None:
    """A fast shutdown; an immediate one if that takes too long."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(sign)
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit("Usage: python -m tests.postgres -- COMMAND …")
    # So that being told to stop runs every `finally`; a script's background job ignores Ctrl+C.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with server() as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        try:
            return child.wait()
        except KeyboardInterrupt:
            return 128 + signal.SIGINT
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
