"""Debian's Chromium against Django's live server.

Every test in this folder gets the mark `browser`, relative addresses (`page.goto("/bvc/")`) and
three rules checked when it ends: nothing is asked of another host, no file of ours is missing,
and neither a script nor the content security policy complains.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

HERE = Path(__file__).parent
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Playwright keeps an event loop in the test's thread, where Django then refuses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",  # containers, and CI as root, have no user namespaces for it
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def base_url(django_db_setup, live_server):
    """The database comes first: before, its name is :memory:, and then the server's threads would
    share the test's own connection, which ends in a crash."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "sv-SE",
        "timezone_id": "Europe/Stockholm",
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def nothing_wrong_behind_the_page(context, live_server):
    """The three rules above, for every page of the test's context."""
    wrong = []
    ours = urlsplit(live_server.url).netloc

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != ours:
            wrong.append(f"asked another host: {request.url}")

    def on_response(response):
        if response.status >= 400 and not response.request.is_navigation_request():
            wrong.append(f"{response.status} for {response.url}")

    def on_console(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            wrong.append(message.text)

    context.on("request", on_request)
    context.on("response", on_response)
    context.on("console", on_console)
    context.on("weberror", lambda error: wrong.append(f"script error: {error.error}"))
    yield
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def axe():
    """Call it with a page: one line for each accessibility rule that an element breaks.

    assert axe(page) == []
    """

    def run(page):
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: "
            f"{' '.join(str(part) for part in node['target'])}: {node['html']}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]

    return run
