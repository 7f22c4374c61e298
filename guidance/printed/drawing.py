"""The drawings of printed sheets as addresses that hold a whole SVG.

A drawing that says something is an <img> with a text alternative; the rest are backgrounds, which a
tagged PDF keeps out of what is read aloud. Colours are those of the pages (tokens.css).
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from centres.house_sign import HouseSign

from . import qr

_TOKEN = re.compile(r"(--color-[\w-]+): (#[0-9a-f]{3,6});")


@cache
def colours() -> dict[str, str]:
    """The colours of the portal by their names in tokens.css, "--color-brand" and so on."""
    return dict(_TOKEN.findall(Path(finders.find("css/tokens.css")).read_text()))


def room_colour(kind: str) -> str:
    return colours()[f"--color-room-{kind.replace('_', '-')}"]


@cache
def icon(kind: str) -> str:
    """The drawing of a service in ink."""
    return _address("0 0 24 24", _strokes(kind, 1.75))


def square(address: str) -> str:
    """The code that leads to `address`, dark on white."""
    rows = qr.modules(address)
    side, ink = qr.side(rows), colours()["--color-text"]
    ground = f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
    drawing = f'{ground}<path fill="{ink}" d="{qr.path(rows)}"/>'
    return _address(f"0 0 {side} {side}", drawing)


def house(sign: HouseSign) -> str:
    """The sign of a house, with an icon in each window that is filled."""
    brand, dash = colours()["--color-brand"], colours()["--color-empty-window"]
    wall = f"M32 2 62 23v{sign.wall}a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V23z"
    parts = [f'<path fill="{brand}" d="{wall}"/>']
    for window in sign.windows:
        box = f'x="{window.x}" y="{window.y}" width="21" height="14" rx="3"'
        if not window.is_filled:
            lines = f'fill="none" stroke="{dash}" stroke-width="1.5" stroke-dasharray="3 2.5"'
            parts.append(f"<rect {box} {lines}/>")
            continue
        parts.append(f'<rect {box} fill="{room_colour(window.kind)}"/>')
        place = f'transform="translate({window.icon_x} {window.icon_y}) scale(.42)"'
        parts.append(f"<g {place}>{_strokes(window.kind, 2)}</g>")
    return _address(f"0 0 64 {sign.height}", "".join(parts))


def _strokes(kind: str, width: float) -> str:
    ink = colours()["--color-text"]
    look = f'fill="none" stroke="{ink}" stroke-width="{width}"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f"<g {look} {ends}>{render_to_string(f'components/icons/{kind}.svg')}</g>"


def _address(box: str, drawing: str) -> str:
    size = box.split()[2:]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'width="{size[0]}" height="{size[1]}">{drawing}</svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"
