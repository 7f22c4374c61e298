"""gunicorn's log without what visitors sent: no address, no query, no line breaks of theirs, and no
link that lets anybody in."""

from urllib.parse import quote

from gunicorn.glogging import Logger

from .secret_links import without_secret


def _written(path: str) -> str:
    return quote(without_secret(path))


class DiscreetLogger(Logger):
    """Says that a request was malformed or failed, not what was in it."""

    def warning(self, msg, *args, **kwargs):
        if msg.startswith("Invalid request from"):
            msg, args = "A malformed request was refused.", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        paths = (_written(str(arg).partition("?")[0]) for arg in args)
        super().exception(msg, *paths, **kwargs)

    def atoms(self, resp, req, environ, request_time):
        """The path as it was sent, so that no visitor can write lines of their own."""
        atoms = super().atoms(resp, req, environ, request_time)
        return {**atoms, "U": _written(atoms["U"] or "")}
