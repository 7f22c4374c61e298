"""A house as the tests of printed sheets know it, on Monday 23 November 2026 at ten."""

from tests.factories import (
    make_centre,
    make_confirmation,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

MONDAY = stockholm(2026, 11, 23, 10)


def make_house():
    """Open preschool three mornings and BVC by telephone."""
    centre = make_centre(name="Familjecentralen Hjällbo", slug="hjallbo", street="Exempelgatan 3")
    preschool = make_service_at_centre(centre=centre, phone="031-390 06 04")
    slots = ["mon 9-12", ("wed 13-15.30", {"label": "Babyöppet"}), "fri 9-12"]
    make_schedule(preschool, slots=slots)
    make_confirmation(preschool)
    clinic = make_service_at_centre("child_health_care", centre=centre, phone="031-390 06 06")
    make_schedule(clinic, channel="phone", slots=[f"{day} 8-9.30" for day in ("mon", "tue", "thu")])
    make_confirmation(clinic, channel="phone")
    return centre


def preschool_of(centre):
    return centre.services_here.get(service__kind="open_preschool")
