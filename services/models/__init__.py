from .line import Line, LineHours, LineText
from .organisation import Organisation
from .service import ConfidentialityFact, ConfidentialityFactText, Service, ServiceText

__all__ = [
    "ConfidentialityFact",
    "ConfidentialityFactText",
    "Line",
    "LineHours",
    "LineText",
    "Organisation",
    "Service",
    "ServiceText",
]
