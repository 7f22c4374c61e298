from django.db import models
from django.utils.translation import gettext_lazy as _


class CityArea(models.Model):
    """One of the city's four areas since 2021 (stadsområde)."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    slug = models.SlugField(_("adress"), unique=True)

    class Meta:
        verbose_name = _("stadsområde")
        verbose_name_plural = _("stadsområden")
        ordering = ["name"]

    def __str__(self):
        return self.name


class District(models.Model):
    """One of the ten districts of 2011–2020 (stadsdel), whose names parents still use."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    slug = models.SlugField(_("adress"), unique=True)
    city_area = models.ForeignKey(
        CityArea, on_delete=models.PROTECT, related_name="districts", verbose_name=_("stadsområde")
    )

    class Meta:
        verbose_name = _("stadsdel")
        verbose_name_plural = _("stadsdelar")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Place(models.Model):
    """A name that people use for where they live: a neighbourhood, a square, an island."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    kind = models.CharField(_("slag"), max_length=20)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="places", verbose_name=_("stadsdel")
    )
    latitude = models.DecimalField(_("latitud"), max_digits=8, decimal_places=6)
    longitude = models.DecimalField(_("longitud"), max_digits=8, decimal_places=6)

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["name"]

    def __str__(self):
        return self.name
