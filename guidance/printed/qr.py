"""The square that a telephone's camera reads, as the path of an SVG. Pure."""

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4


def modules(address: str) -> list[list[bool]]:
    """Row by row whether each module is dark; without the quiet zone."""
    code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def path(rows: list[list[bool]]) -> str:
    """The dark modules as runs, one unit each, inside a quiet zone of four."""
    runs = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                width = x - start
                runs.append(f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h-{width}z")
                start = None
    return "".join(runs)


def side(rows: list[list[bool]]) -> int:
    """How many units wide the square is with its quiet zone."""
    return len(rows) + 2 * QUIET_ZONE
