"""What can be found of this app: the pages of services, houses, and the places to look from."""

from collections.abc import Iterator
from datetime import datetime, time
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import Language, spoken
from services.models import ConfidentialityFact, ConfidentialityFactText, Service, ServiceText
from services.searchable import Document, Found, Ids, Source

from .models import (
    Activity,
    ActivityText,
    CityArea,
    District,
    FamilyCentre,
    FamilyCentreText,
    ForWhom,
    Place,
    ServiceAtCentre,
    ServiceAtCentreText,
)

_SERVICE_TEXTS = ("what_it_is", "for_whom", "cost", "how_to_come", "interpreting", "first_visit")
_CENTRE_TEXTS = ("status_note", "interim_note", "entrance", "directions", "who_meets_you")
_STATUS = FamilyCentre.Status
_UNLISTED = (_STATUS.IDEA, _STATUS.MOVED, _STATUS.CLOSED)


# --- Services -------------------------------------------------------------------------------------


def services(ids: Ids | None) -> Iterator[Document]:
    rows = Service.objects.prefetch_related("texts", "confidentiality_facts__texts")
    for service in rows if ids is None else rows.filter(pk__in=ids):
        for text in service.texts.all():
            parts = [getattr(text, name) for name in _SERVICE_TEXTS]
            yield Document(
                id=service.pk,
                kind=Found.SERVICE,
                key=service.slug,
                title=text.name,
                url=reverse("centres:service", args=[service.slug]),
                summary=text.summary,
                also=(str(service.get_kind_display()), text.definite_name),
                text="\n".join([*parts, *_answers(service, text.language)]),
                language=text.language,
            )


def _answers(service: Service, language: str) -> Iterator[str]:
    for fact in service.confidentiality_facts.all():
        yield from (text.answer for text in fact.texts.all() if text.language == language)


def ids_of_services(row: Model) -> Ids | None:
    match row:
        case Service():
            return [row.pk]
        case ServiceText() | ConfidentialityFact():
            return [row.service_id]
        case ConfidentialityFactText():
            return [row.fact.service_id]
    return []


# --- Houses ---------------------------------------------------------------------------------------


def centres(ids: Ids | None) -> Iterator[Document]:
    rows = FamilyCentre.objects.with_knowledge().prefetch_related("services_here__service__texts")
    for centre in rows if ids is None else rows.filter(pk__in=ids):
        for shown_from, shown_until in _when_listed(centre):
            text = centre.text
            yield Document(
                id=centre.pk,
                kind=Found.CENTRE,
                key=centre.slug,
                title=centre.name,
                url=centre.get_absolute_url(),
                summary=text.summary if text else "",
                also=tuple(centre.other_names),
                words="\n".join(_words_of(centre)),
                text="\n".join(getattr(text, name) for name in _CENTRE_TEXTS) if text else "",
                shown_from=shown_from,
                shown_until=shown_until,
            )


def _when_listed(centre: FamilyCentre) -> list[tuple[datetime | None, datetime | None]]:
    """As `FamilyCentreQuerySet.listed` has it: from when and until when, or never."""
    now = centre.status not in _UNLISTED
    if centre.next_status_certainty != FamilyCentre.Certainty.DECIDED:
        return [(None, None)] if now else []
    switch = timezone.make_aware(datetime.combine(centre.next_status_on, time.min))
    match now, centre.next_status not in _UNLISTED:
        case True, True:
            return [(None, None)]
        case True, False:
            return [(None, switch)]
        case False, True:
            return [(switch, None)]
    return []


def _words_of(centre: FamilyCentre) -> Iterator[str]:
    district = centre.district
    yield from (centre.get_kind_display(), centre.address, centre.stop_name)
    yield from (district.name, district.city_area.name)
    for room in centre.services_here.all():
        yield room.service.text.name if room.service.text else str(room.service)
        yield from (text.description for text in room.texts.all())


def ids_of_centres(row: Model) -> Ids | None:
    match row:
        case FamilyCentre():
            return [row.pk]
        case FamilyCentreText() | ServiceAtCentre():
            return [row.centre_id]
        case ServiceAtCentreText():
            return [row.service_at_centre.centre_id]
        case District():
            return _keys(FamilyCentre.objects.filter(district=row.pk))
        case CityArea():
            return _keys(FamilyCentre.objects.filter(district__city_area=row.pk))
        case Service():
            return _keys(FamilyCentre.objects.filter(services_here__service=row.pk))
        case ServiceText():
            return _keys(FamilyCentre.objects.filter(services_here__service=row.service_id))
    return []


def _keys(rows: QuerySet) -> Ids:
    return set(rows.values_list("pk", flat=True))


# --- Activities -----------------------------------------------------------------------------------


def activities(ids: Ids | None) -> Iterator[Document]:
    rows = Activity.objects.published().with_everything()
    for activity in rows if ids is None else rows.filter(pk__in=ids):
        room = activity.organiser
        for text in activity.texts.all():
            yield Document(
                id=activity.pk,
                kind=Found.ACTIVITY,
                key=str(activity.pk),
                title=text.name,
                url=activity.get_absolute_url(),
                summary=f"{room.centre.name}, {room.centre.district.name}",
                words="\n".join(_words_of_activity(activity)),
                text=f"{text.description}\n{text.bring}",
                language=text.language,
            )


def _words_of_activity(activity: Activity) -> Iterator[str]:
    yield from (str(ForWhom(code).label) for code in activity.for_whom)
    yield from (spoken(code) for code in activity.languages)


def ids_of_activities(row: Model) -> Ids | None:
    match row:
        case Activity():
            return [row.pk]
        case ActivityText():
            return [row.activity_id]
        case FamilyCentre() | ServiceAtCentre() if not type(row).objects.filter(pk=row.pk).exists():
            return None  # its activities went with it
        case FamilyCentre():
            return _keys(Activity.objects.filter(organiser__centre=row.pk))
        case District():
            return _keys(Activity.objects.filter(organiser__centre__district=row.pk))
    return []


# --- Places ---------------------------------------------------------------------------------------


def districts(ids: Ids | None) -> Iterator[Document]:
    rows = District.objects.select_related("city_area")
    for district in rows if ids is None else rows.filter(pk__in=ids):
        yield Document(
            id=district.pk,
            kind=Found.PLACE,
            key=district.name,
            title=district.name,
            url=reverse("centres:district", args=[district.slug]),
            summary=_("Stadsdel i %(area)s") % {"area": district.city_area.name},
            also=(_("Stadsdelen %(name)s") % {"name": district.name},),
        )


def ids_of_districts(row: Model) -> Ids | None:
    match row:
        case District():
            return [row.pk]
        case CityArea():
            return _keys(District.objects.filter(city_area=row.pk))
    return []


def city_areas(ids: Ids | None) -> Iterator[Document]:
    rows = CityArea.objects.all()
    for area in rows if ids is None else rows.filter(pk__in=ids):
        yield _place(area.pk, area.name, _("Stadsområde"))


def ids_of_city_areas(row: Model) -> Ids | None:
    return [row.pk] if isinstance(row, CityArea) else []


def places(ids: Ids | None) -> Iterator[Document]:
    """Without those that are a district or an area as well."""
    names = {*District.objects.values_list("name", flat=True)}
    names |= {*CityArea.objects.values_list("name", flat=True)}
    rows = Place.objects.select_related("district").exclude(name__in=names)
    for place in rows if ids is None else rows.filter(pk__in=ids):
        summary = _("Plats i %(district)s") % {"district": place.district.name}
        yield _place(place.pk, place.name, summary)


def ids_of_places(row: Model) -> Ids | None:
    match row:
        case Place():
            return [row.pk]
        case District() | CityArea():
            return None
    return []


def _place(pk: object, name: str, summary: str) -> Document:
    url = f"{reverse('centres:list')}?{urlencode({'plats': name})}"
    return Document(id=pk, kind=Found.PLACE, key=name, title=name, url=url, summary=summary)


# --- Pages that are no row ------------------------------------------------------------------------


def pages(ids: Ids | None) -> Iterator[Document]:
    if ids is not None:
        return
    yield Document(
        id="",
        kind=Found.SERVICE,
        key="familjecentral",
        title=_("Familjecentral"),
        url=reverse("centres:list"),
        summary=_(
            "Barnmorska, barnhälsovård, öppen förskola och socialtjänst i samma hus. Här ser du "
            "alla hus, vad som finns i dem och vem som har öppet."
        ),
        also=(_("Alla familjecentraler"), _("Hitta familjecentral"), _("Karta över husen")),
        language=Language.SWEDISH,
    )
    yield Document(
        id="",
        kind=Found.SERVICE,
        key="det-hander",
        title=_("Det händer"),
        url=reverse("whats_on:programme"),
        summary=_("Träffar och aktiviteter för familjer, dag för dag."),
        also=(_("Aktiviteter"), _("Program"), _("Kalender"), _("Vad händer i helgen")),
        language=Language.SWEDISH,
    )
    yield Document(
        id="",
        kind=Found.SERVICE,
        key="utbyggnad",
        title=_("Så långt har utbyggnaden kommit"),
        url=reverse("centres:coverage"),
        summary=_("Vilka stadsdelar som har en familjecentral, och var det planeras fler."),
    )


def ids_of_pages(row: Model) -> Ids | None:
    return []


SOURCES = (
    Source("service", services, ids_of_services),
    Source("centre", centres, ids_of_centres),
    Source("activity", activities, ids_of_activities),
    Source("district", districts, ids_of_districts),
    Source("city_area", city_areas, ids_of_city_areas),
    Source("place", places, ids_of_places),
    Source("page", pages, ids_of_pages),
)
