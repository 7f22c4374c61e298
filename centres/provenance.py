"""Which facts a reader is told that a confirmation vouches for."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from .hours_text import capitalised, listed
from .models import Confirmation

Group = Confirmation.FactGroup
OF_A_SERVICE = {
    Group.EXISTENCE: _("att verksamheten finns här"),
    Group.CONTACT: _("kontaktuppgifterna"),
    Group.HOURS: _("tiderna"),
    Group.ACTIVITIES: _("aktiviteterna"),
}
OF_A_HOUSE = {
    Group.EXISTENCE: _("att huset finns"),
    Group.LOCATION: _("adress och väg hit"),
    Group.FIRST_VISIT: _("första besöket och tillgänglighet"),
}


def told_together(confirmations: Iterable[Confirmation]) -> list[tuple[str, Confirmation]]:
    """The facts of a service behind each confirmation, those that say the same as one."""
    told: dict[tuple, tuple[list[str], Confirmation]] = {}
    for confirmation in confirmations:
        labels, _first = told.setdefault(confirmation.provenance_key, ([], confirmation))
        label = str(
            OF_A_SERVICE.get(confirmation.fact_group, confirmation.get_fact_group_display())
        )
        if label not in labels:
            labels.append(label)
    return [(capitalised(listed(labels)), first) for labels, first in told.values()]


def of_house(
    confirmations: Iterable[Confirmation],
) -> list[tuple[str, Confirmation | None]]:
    """Each group of facts that every house has, and its confirmation if it has one."""
    said = {confirmation.fact_group: confirmation for confirmation in confirmations}
    return [(capitalised(str(label)), said.get(group)) for group, label in OF_A_HOUSE.items()]
