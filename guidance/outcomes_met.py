"""Who is told when a reader comes to an outcome, such as the counts of needs that are not met.

They learn where a flow has led and in which district, never the answers or the place that somebody
wrote. Of a sensitive flow nobody is told anything: its answers never leave the reader's browser.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Flow
from .outcomes import Ending

Listener = Callable[[Flow, Ending, str, datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with flow, ending, slug of district ("" where none is known) and moment."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(flow: Flow, ending: Ending, district: str, at: datetime) -> None:
    for listener in _listeners:
        listener(flow, ending, district, at)
