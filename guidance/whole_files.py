"""Files that stand in their place whole or not at all, whatever happens while they are written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


@contextmanager
def written_whole(place: Path) -> Iterator[IO[bytes]]:
    """A file to write in; it stands at `place` once the block is done.

    A disk that takes no more raises OSError and leaves nothing behind. A killed process leaves a
    file that ends in ".new" beside it.
    """
    with NamedTemporaryFile(dir=place.parent, suffix=".new", delete=False) as file:
        try:
            yield file
            file.flush()
        except OSError:
            Path(file.name).unlink()
            raise
    os.replace(file.name, place)
