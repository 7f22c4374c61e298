from django.core.checks import CheckMessage, Warning

from .typesetting import DEBIAN_PACKAGES, weasyprint


def printing_works(**kwargs) -> list[CheckMessage]:
    """Without its system libraries the portal runs, but prints nothing."""
    if weasyprint():
        return []
    hint = f"Install (Debian's names): {' '.join(DEBIAN_PACKAGES)}"
    return [Warning("Cards, posters and door signs cannot be made.", hint, id="guidance.W001")]
