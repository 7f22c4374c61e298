"""The house sign: a roof over two columns of windows, one for each service in the house. Pure."""

from dataclasses import dataclass

_FIRST_ROW, _ROW_STEP = 27, 17
_COLUMNS = (9, 34)


@dataclass(frozen=True)
class Window:
    """A window at (`x`, `y`), 21 by 14 units: filled for what is in the house, else dashed."""

    kind: str
    is_filled: bool
    x: int
    y: int

    @property
    def icon(self) -> str:
        """The template that draws the service."""
        return f"components/icons/{self.kind}.svg"

    @property
    def icon_x(self) -> int:
        return self.x + 5

    @property
    def icon_y(self) -> int:
        return self.y + 2


@dataclass(frozen=True)
class HouseSign:
    windows: list[Window]
    label: str

    @property
    def height(self) -> int:
        """In the units of the sign, whose width is 64: each row of windows makes it taller."""
        rows = (len(self.windows) + 1) // 2
        return _FIRST_ROW + max(rows, 2) * _ROW_STEP + 3

    @property
    def wall(self) -> int:
        """How far the wall goes down from the eaves to where its corner is rounded."""
        return self.height - 28


def house_sign(kinds: list[str], core: list[str], label: str) -> HouseSign:
    """The sign of a house with the services `kinds`; those of `core` have a window in any case."""
    shown = [*core, *(kind for kind in kinds if kind not in core)]
    windows = [
        Window(kind, kind in kinds, _COLUMNS[n % 2], _FIRST_ROW + n // 2 * _ROW_STEP)
        for n, kind in enumerate(shown)
    ]
    return HouseSign(windows, label)
