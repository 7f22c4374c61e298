"""The Nu HTML checker, which `make test-tools` fetches: errors and warnings in whole pages."""

import json
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).parent.parent / ".cache" / "tools" / "vnu.jar"


def validate(pages: dict[str, str]) -> list[str]:
    """One line for each fault, given the pages' HTML by name (an address, say).

    All pages in one call: starting Java costs more than checking them.
    """
    if not JAR.exists():
        raise FileNotFoundError("The HTML checker is missing. Fetch it: make test-tools")
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (name, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html, encoding="utf-8")
            files[file.name] = name
        checked = subprocess.run(
            ["java", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    messages = json.loads(checked.stdout)["messages"]
    return [
        f"{files[Path(message['url']).name]}, line {message.get('lastLine', '?')}: "
        f"{message['message']} {message.get('extract', '').strip()}"
        for message in messages
        # The rest are remarks, such as that a closing slash has no effect.
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
