"""Who may change what about houses, rooms and hours.

Coordinators and administrators change everything. An editor changes the facts of the centres where
they work, and there the services of the organisations that employ them: the city's people do not
touch the clinic's hours, nor the other way round. A service whose organisation is not known, which
houses and rooms there are, and the closing of a whole house are left to coordinators. A translator
writes the words about any house or room in other languages than Swedish; not notices, which are
written in haste by whoever is there. For other roles than editor, where one works gives no rights.

Whoever may change one of the rooms that hold an activity may change it, its times and its dates.
Other places are made by those who hold activities there: an editor changes one that is used by
none but activities of their own.

Who works where is a matter of accounts. What readers report goes to those who may change what it is
about; nobody else sees it. Files with many houses and hours are for coordinators and
administrators.
"""

from django.db.models import Q

from services.permissions import is_translation

from .models import (
    Activity,
    ActivityText,
    CentreMembership,
    Confirmation,
    ContactPerson,
    CoOrganiser,
    District,
    ExceptionSlot,
    FamilyCentre,
    FamilyCentreText,
    Feedback,
    Notice,
    NoticeText,
    OccurrenceChange,
    OrganisationMembership,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    ServiceAtCentreText,
    TimeSlot,
    Venue,
    VenueText,
)

MEMBERSHIPS = (CentreMembership, OrganisationMembership)
ABOUT_A_HOUSE = (FamilyCentre, FamilyCentreText, Notice, NoticeText, Confirmation, Feedback)
ABOUT_A_ROOM = (
    ServiceAtCentre,
    ServiceAtCentreText,
    ContactPerson,
    Schedule,
    TimeSlot,
    ScheduleException,
    ExceptionSlot,
    Activity,
    ActivityText,
    CoOrganiser,
    Recurrence,
    OccurrenceChange,
    Venue,
    VenueText,
)
TRANSLATED = (FamilyCentreText, ServiceAtCentreText, ActivityText, VenueText)
# Planning: an editor may change the rest of these rows, but neither make nor remove one.
PLANNED_BY_COORDINATORS = (FamilyCentre, ServiceAtCentre, Feedback)
COORDINATORS_FIELDS = {
    FamilyCentre: (
        "name",
        "slug",
        "kind",
        "district",
        "status",
        "status_since",
        "next_status",
        "next_status_on",
        "next_status_certainty",
        "opened_on",
        "moved_to",
        "interim_centre",
    ),
    ServiceAtCentre: ("centre", "service", "organisation"),
}
# Once saved, these decide whose accounts a coordinator looks after: nobody moves people into their
# own area.
ADMINISTRATORS_FIELDS = {FamilyCentre: ("district",), District: ("city_area",)}


def may_change(user, obj=None) -> bool:
    """Whether `user` may change `obj`; for a model: any such row; for None: anything here."""
    if not user.is_active:
        return False
    model = obj if obj is None or isinstance(obj, type) else type(obj)
    if model in MEMBERSHIPS:
        return False
    if user.changes_everything:
        return True
    if user.translates:
        return obj is None or model in TRANSLATED and (obj is model or is_translation(obj))
    return _may_change_some(user, model) if obj is model else _may_change_this(user, obj)


def fields_closed_to(user, obj) -> tuple[str, ...]:
    """Of a saved house, room or district that `user` may change, the fields that they may not."""
    if user.changes_accounts:
        return ()
    model = type(obj)
    planned = () if user.changes_everything else COORDINATORS_FIELDS.get(model, ())
    return (*planned, *ADMINISTRATORS_FIELDS.get(model, ()))


def may_add_or_remove(user, obj) -> bool:
    """Whether `user` may make or remove `obj` (or, for a model, some such row).

    With a house go the places of work of its people: a coordinator says that it is closed down.
    """
    if isinstance(obj, FamilyCentre) and not obj._state.adding:
        return user.changes_accounts
    model = obj if isinstance(obj, type) else type(obj)
    if model in PLANNED_BY_COORDINATORS:
        return user.is_active and user.changes_everything
    return may_change(user, obj)


def may_import(user) -> bool:
    """Whether `user` may take houses and hours out as files and bring them back changed."""
    return user.is_active and user.changes_everything


def centres_open_to(user):
    """The centres whose facts `user` may change."""
    if not user.is_active:
        return FamilyCentre.objects.none()
    if user.changes_everything:
        return FamilyCentre.objects.all()
    if not user.edits_where_they_work:
        return FamilyCentre.objects.none()
    return FamilyCentre.objects.filter(memberships__user=user)


def rooms_open_to(user):
    """The services at centres that `user` may change."""
    rooms = ServiceAtCentre.objects.select_related("centre", "service")
    if not user.is_active:
        return rooms.none()
    if user.changes_everything:
        return rooms
    if not user.edits_where_they_work:
        return rooms.none()
    return rooms.filter(centre__memberships__user=user, organisation__memberships__user=user)


def activities_open_to(user):
    """The activities that `user` may change."""
    rooms = rooms_open_to(user).order_by().values("pk")
    together = CoOrganiser.objects.filter(service_at_centre__in=rooms).values("activity")
    return Activity.objects.filter(Q(organiser__in=rooms) | Q(pk__in=together))


def feedback_open_to(user):
    """What readers have reported about the houses and rooms that `user` may change."""
    return Feedback.objects.filter(
        Q(centre__in=centres_open_to(user)) | Q(service_at_centre__in=rooms_open_to(user))
    )


def _may_change_some(user, model) -> bool:
    if model is None or model in ABOUT_A_HOUSE:
        return centres_open_to(user).exists()
    return model in ABOUT_A_ROOM and rooms_open_to(user).exists()


def _may_change_this(user, obj) -> bool:
    match obj:
        case FamilyCentre():
            return _works_at(user, obj.pk)
        case ServiceAtCentre():
            return _works_at(user, obj.centre_id) and _employed_by(user, obj.organisation_id)
        case FamilyCentreText():
            return _may_change_this(user, obj.centre)
        case Notice() | Confirmation() | Feedback():
            return _may_change_this(user, obj.service_at_centre or obj.centre)
        case NoticeText():
            return _may_change_this(user, obj.notice)
        case ServiceAtCentreText() | ContactPerson() | Schedule():
            return _may_change_this(user, obj.service_at_centre)
        case ScheduleException():
            return obj.centre_id is None and _may_change_this(user, obj.service_at_centre)
        case Activity():
            return any(_may_change_this(user, room) for room in obj.rooms)
        case ActivityText() | CoOrganiser() | Recurrence() | OccurrenceChange():
            return _may_change_this(user, obj.activity)
        case Venue():
            return _may_change_venue(user, obj)
        case VenueText():
            return _may_change_this(user, obj.venue)
        case TimeSlot():
            return _may_change_this(user, obj.schedule)
        case ExceptionSlot():
            return _may_change_this(user, obj.exception)
    return False


def _may_change_venue(user, venue: Venue) -> bool:
    """While nobody else relies on it."""
    if not rooms_open_to(user).exists():
        return False
    here = Activity.objects.filter(Q(venue=venue.pk) | Q(changes__new_venue=venue.pk))
    return not here.exclude(pk__in=activities_open_to(user).values("pk")).exists()


def _works_at(user, centre_id) -> bool:
    """As an editor: others only have their place there."""
    return (
        user.edits_where_they_work and user.centre_memberships.filter(centre_id=centre_id).exists()
    )


def _employed_by(user, organisation_id) -> bool:
    """False where the organisation is not known."""
    return (
        organisation_id is not None
        and user.organisation_memberships.filter(organisation_id=organisation_id).exists()
    )
