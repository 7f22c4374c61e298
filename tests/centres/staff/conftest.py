from .people import at_eight, people

__all__ = ["at_eight", "people"]
