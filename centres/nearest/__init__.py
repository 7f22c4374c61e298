"""From what a person writes to where that is, and how far it is from there. Pure.

`lookup` states the rules of the look-up, `distances` what may be said of a distance.
"""

from .distances import Crossing, crossing, distance, distance_words, rounded
from .lookup import Gazetteer
from .spots import Answer, Found, Kind, Outside, Point, Spot

__all__ = [
    "Answer",
    "Crossing",
    "Found",
    "Gazetteer",
    "Kind",
    "Outside",
    "Point",
    "Spot",
    "crossing",
    "distance",
    "distance_words",
    "rounded",
]
