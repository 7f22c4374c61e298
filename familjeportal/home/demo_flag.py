from centres.models import Confirmation


def is_demonstration() -> bool:
    """Whether example data is loaded: then every page says so."""
    return Confirmation.objects.filter(origin=Confirmation.Origin.EXAMPLE).exists()
