"""Links that let whoever has them in, or show what is not published, are written in no log."""

import logging
import re

_LINK = re.compile(r"(/(?:inbjudan|nytt-losenord|forhandsvisning)/).+", re.DOTALL)


def without_secret(path: str) -> str:
    return _LINK.sub(r"\1...", path)


class HidesSecretLinks(logging.Filter):
    """Django names the path of what it refuses; the rest of such a path is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secret(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True
