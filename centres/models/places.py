from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

# The Göteborg region with its archipelago, in degrees (WGS 84).
SOUTH, NORTH = Decimal("57.4"), Decimal("58.0")
WEST, EAST = Decimal("11.5"), Decimal("12.4")

POINT_IN_REGION = Q(
    latitude__isnull=False,
    longitude__isnull=False,
    latitude__range=(SOUTH, NORTH),
    longitude__range=(WEST, EAST),
)
POINT_OUTSIDE = _(
    "Punkten ligger utanför Göteborgsområdet. Latituden ska vara mellan 57,4 och 58,0 och "
    "longituden mellan 11,5 och 12,4. Har de bytt plats?"
)


class CityArea(models.Model):
    """One of the city's four areas since 2021 (stadsområde)."""

    name = models.CharField(
        _("namn"),
        max_length=60,
        unique=True,
        error_messages={
            "unique": _("Det finns redan ett stadsområde med det namnet. Ändra det i stället.")
        },
    )
    slug = models.SlugField(
        _("adress"),
        unique=True,
        error_messages={"unique": _("Ett annat stadsområde har adressen. Välj en annan.")},
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stadsområde")
        verbose_name_plural = _("stadsområden")
        ordering = ["name"]

    def __str__(self):
        return self.name


class District(models.Model):
    """One of the ten districts of 2011–2020 (stadsdel), whose names parents still use."""

    name = models.CharField(
        _("namn"),
        max_length=60,
        unique=True,
        error_messages={
            "unique": _("Det finns redan en stadsdel med det namnet. Ändra den i stället.")
        },
    )
    slug = models.SlugField(
        _("adress"),
        unique=True,
        error_messages={"unique": _("En annan stadsdel har adressen. Välj en annan.")},
    )
    city_area = models.ForeignKey(
        CityArea, on_delete=models.PROTECT, related_name="districts", verbose_name=_("stadsområde")
    )
    children_under_six = models.PositiveIntegerField(
        _("barn under sex år"), null=True, blank=True, help_text=_("Visas på sidan om utbyggnaden.")
    )
    children_counted_on = models.DateField(_("antalet gällde den"), null=True, blank=True)
    children_source = models.CharField(
        _("källa till antalet"), max_length=200, blank=True, help_text=_("Sidan eller tabellen.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stadsdel")
        verbose_name_plural = _("stadsdelar")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="district_children_with_day_and_source",
                condition=Q(
                    children_under_six__isnull=True,
                    children_counted_on__isnull=True,
                    children_source="",
                )
                | (
                    Q(children_under_six__isnull=False, children_counted_on__isnull=False)
                    & ~Q(children_source="")
                ),
                violation_error_message=_(
                    "Antalet barn behöver både dag och källa. Ange alla tre, eller inget av dem."
                ),
            ),
        ]

    def __str__(self):
        return self.name


class Place(models.Model):
    """A name that people use for where they live: a neighbourhood, a square, an island."""

    name = models.CharField(
        _("namn"),
        max_length=60,
        unique=True,
        error_messages={
            "unique": _("Det finns redan en plats med det namnet. Ändra den i stället.")
        },
    )
    kind = models.CharField(_("slag"), max_length=20)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="places", verbose_name=_("stadsdel")
    )
    latitude = models.DecimalField(_("latitud"), max_digits=8, decimal_places=6)
    longitude = models.DecimalField(_("longitud"), max_digits=8, decimal_places=6)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="place_point_in_goteborg_region",
                condition=POINT_IN_REGION,
                violation_error_message=POINT_OUTSIDE,
            ),
        ]

    def __str__(self):
        return self.name
