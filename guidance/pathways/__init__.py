"""Question flows (vägvisare): from a question, by answers, to an outcome. Pure.

A graph is plain values, the same for a parent and for somebody who guides a parent: only the words
differ. `walk` says where the answers so far have led; `problems` says what keeps a graph from being
published, and where in it.
"""

from .graph import Answer, Graph, Outcome, Question, Voice, Words
from .problems import paths, problems
from .reading import GraphError, as_data, read
from .walking import Step, Walk, changed, walk

__all__ = [
    "Answer",
    "Graph",
    "GraphError",
    "Outcome",
    "Question",
    "Step",
    "Voice",
    "Walk",
    "Words",
    "as_data",
    "changed",
    "paths",
    "problems",
    "read",
    "walk",
]
