"""A believable programme around the day of seeding: meetings, a course, other places, changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from centres.models import (
    Activity,
    ActivityText,
    Confirmation,
    CoOrganiser,
    ForWhom,
    OccurrenceChange,
    Recurrence,
    ScheduleException,
    TimeSlot,
    Venue,
    VenueText,
)
from services.models import Service

from .houses import rooms_by_name
from .marks import Confirmations, example_id, examples
from .terms import half_year

_ACTIVITIES = Confirmation.FactGroup.ACTIVITIES
_PRESCHOOL = Service.Kind.OPEN_PRESCHOOL
_NURSE = Service.Kind.CHILD_HEALTH_CARE
_SOCIAL = Service.Kind.SOCIAL_SERVICES
_SIGN_UP = Activity.Admission.SIGN_UP
_WELCOME = TimeSlot.Siblings.WELCOME
_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY = range(1, 7)
Hours = tuple[time, time]


@dataclass(frozen=True)
class ExampleVenue:
    name: str
    house: str  # whose district it is in
    kind: str
    street: str
    directions: str


@dataclass(frozen=True)
class ExampleActivity:
    """Of the open preschool of a house. Every week of the running half year, or so many `dates`
    from next week on."""

    house: str
    name: str
    weekday: int
    hours: Hours
    text: dict[str, str]
    fields: dict = field(default_factory=dict)
    parity: str = TimeSlot.WeekParity.EVERY
    dates: int = 0
    venue: str = ""
    together_with: str = ""


@dataclass(frozen=True)
class ExampleChange:
    """Of the next date of an activity."""

    name: str
    kind: str
    reason: str
    note: str
    days_later: int = 0
    hours: Hours | None = None


_VENUES = (
    ExampleVenue(
        "Exempelbiblioteket",
        "hjallbo",
        Venue.Kind.LIBRARY,
        "Exempeltorget 2",
        "Gå in genom huvudentrén. Barnavdelningen ligger rakt fram, bredvid sagorummet.",
    ),
    ExampleVenue(
        "Exempellekplatsen",
        "sannegarden",
        Venue.Kind.PLAYGROUND,
        "Exempelparken",
        "Vi ses vid de gröna gungorna. Personalen har orange västar.",
    ),
)
_ALL = (
    ExampleActivity(
        "hjallbo",
        "Babymassage",
        _TUESDAY,
        (time(13), time(14, 30)),
        {
            "description": "Vi masserar våra barn i lugn och ro och pratar om den första tiden.",
            "bring": "En handduk och en filt.",
            "how_to_sign_up": "Ring öppna förskolan eller anmäl dig när du är här. Sex platser.",
        },
        {
            "min_age_months": 1,
            "max_age_months": 5,
            "siblings": TimeSlot.Siblings.NOT,
            "kind": Activity.Kind.SERIES,
            "admission": _SIGN_UP,
            "sign_up_phone": "031-390 06 04",
            "cost": 0,
            "room": "Lilla rummet",
        },
        dates=5,
        together_with=_NURSE,
    ),
    ExampleActivity(
        "hjallbo",
        "Sagor på arabiska och svenska",
        _THURSDAY,
        (time(10), time(11)),
        {"description": "Bibliotekarien läser och sjunger på båda språken."},
        {"languages": ["sv", "ar"], "cost": 0, "siblings": _WELCOME},
        venue="Exempelbiblioteket",
    ),
    ExampleActivity(
        "hjallbo",
        "Pappagrupp",
        _WEDNESDAY,
        (time(17), time(19)),
        {
            "description": "Träffa andra pappor över en macka medan barnen leker.",
            "cost_note": "Vi bjuder på kvällsmat.",
        },
        {"for_whom": [ForWhom.DADS], "cost": 0, "siblings": _WELCOME, "room": "Stora rummet"},
        parity=TimeSlot.WeekParity.ODD,
        together_with=_SOCIAL,
    ),
    ExampleActivity(
        "angered-centrum",
        "Lek och prat på somaliska",
        _WEDNESDAY,
        (time(13), time(14, 30)),
        {"description": "Vi leker, sjunger och pratar om att vara förälder i Sverige."},
        {"languages": ["so"], "for_whom": [ForWhom.NEW_IN_SWEDEN], "siblings": _WELCOME},
    ),
    ExampleActivity(
        "angered-centrum",
        "Träff för dig som väntar barn",
        _MONDAY,
        (time(17), time(18, 30)),
        {
            "description": "Barnmorskan svarar på frågor om graviditeten och förlossningen.",
            "how_to_sign_up": "Ring öppna förskolan senast dagen innan.",
        },
        {
            "for_expectant_parents": True,
            "admission": _SIGN_UP,
            "sign_up_phone": "031-390 06 00",
            "cost": 0,
        },
        dates=3,
    ),
    ExampleActivity(
        "sannegarden",
        "Uteförskola",
        _FRIDAY,
        (time(9, 30), time(11, 30)),
        {
            "description": "Vi leker ute i alla väder och äter vår matsäck tillsammans.",
            "bring": "Matsäck, och kläder efter vädret.",
        },
        {
            "min_age_months": 12,
            "max_age_months": 71,
            "siblings": _WELCOME,
            "setting": Activity.Setting.OUTDOORS,
            "cost": 0,
        },
        venue="Exempellekplatsen",
    ),
    ExampleActivity(
        "bergsjon",
        "Babysång",
        _TUESDAY,
        (time(10), time(10, 45)),
        {"description": "Vi sjunger och rör oss till musik med de minsta."},
        {"max_age_months": 12, "siblings": _WELCOME, "cost": 0},
    ),
    ExampleActivity(
        "tuve",
        "Familjelördag",
        _SATURDAY,
        (time(10), time(13)),
        {"description": "Pyssel, lek och fika för hela familjen.", "cost_note": "Fika 20 kronor."},
        {"kind": Activity.Kind.ONE_OFF, "for_whom": [], "cost": 20, "siblings": _WELCOME},
        dates=1,
    ),
)
_CHANGES = (
    ExampleChange(
        "Sagor på arabiska och svenska",
        OccurrenceChange.Kind.CANCELLED,
        ScheduleException.Reason.ILLNESS,
        "Bibliotekarien är sjuk. Välkomna nästa vecka i stället.",
    ),
    ExampleChange(
        "Babysång",
        OccurrenceChange.Kind.MOVED,
        ScheduleException.Reason.TRAINING,
        "Vi har utbildning på tisdagen.",
        days_later=1,
        hours=(time(13), time(13, 45)),
    ),
)


def lay_activities(today: date, confirmations: Confirmations) -> None:
    """Remove the example activities of an earlier laying and write new ones around `today`.

    A room whose activities staff have confirmed is theirs.
    """
    rooms, venues = rooms_by_name(), _lay_venues()
    about = {
        room: {"service_at_centre": room, "fact_group": _ACTIVITIES} for room in rooms.values()
    }
    theirs = {room for room in about if confirmations.are_staffs(**about[room])}
    examples(Activity.objects).exclude(organiser__in=theirs).delete()
    laid = {}
    for example in _ALL:
        room = rooms.get((example.house, _PRESCHOOL))
        if room and room not in theirs:
            laid[example.name] = _lay(example, rooms, venues.get(example.venue), today)
            confirmations.example(**about[room])
    for change in _CHANGES:
        if activity := laid.get(change.name):
            _lay_change(change, activity, today)


def _lay_venues() -> dict[str, Venue]:
    """A place that an activity of staff's has come to use stays as it is."""
    rooms = rooms_by_name()
    venues = {}
    for example in _VENUES:
        if room := rooms.get((example.house, _PRESCHOOL)):
            venues[example.name], is_new = Venue.objects.get_or_create(
                id=example_id("venue", example.name),
                defaults={
                    "name": example.name,
                    "kind": example.kind,
                    "district_id": room.centre.district_id,
                    "street": example.street,
                    "postal_town": "Göteborg",
                },
            )
            if is_new:
                venue = venues[example.name]
                VenueText.objects.create(venue=venue, directions=example.directions)
    return venues


def _lay(example: ExampleActivity, rooms: dict, venue: Venue | None, today: date) -> Activity:
    activity = Activity.objects.create(
        id=example_id("activity", example.house, example.name),
        organiser=rooms[example.house, _PRESCHOOL],
        venue=venue,
        **example.fields,
    )
    ActivityText.objects.create(activity=activity, name=example.name, **example.text)
    Recurrence.objects.bulk_create(_times(example, activity, today))
    if other := rooms.get((example.house, example.together_with)):
        CoOrganiser.objects.create(activity=activity, service_at_centre=other)
    return activity


def _times(example: ExampleActivity, activity: Activity, today: date) -> Iterator[Recurrence]:
    starts_at, ends_at = example.hours
    about = {"activity": activity, "starts_at": starts_at, "ends_at": ends_at}
    first = _next(example.weekday, today)
    for number in range(example.dates):
        day = first + number * timedelta(weeks=1)
        key = example_id("recurrence", example.house, example.name, number)
        yield Recurrence(id=key, first_day=day, last_day=day, **about)
    if not example.dates:
        begins, _ends = half_year(today)
        _begins, ends = half_year(half_year(today)[1] + timedelta(days=1))
        key = example_id("recurrence", example.house, example.name)
        yield Recurrence(
            id=key,
            first_day=begins,
            last_day=ends,
            weekday=example.weekday,
            week_parity=example.parity,
            **about,
        )


def _next(weekday: int, today: date) -> date:
    """Tomorrow at the earliest."""
    tomorrow = today + timedelta(days=1)
    return tomorrow + timedelta(days=(weekday - tomorrow.isoweekday()) % 7)


def _lay_change(example: ExampleChange, activity: Activity, today: date) -> None:
    recurrence = activity.recurrences.get()
    day = _next(recurrence.weekday, today)
    moved = {}
    if example.hours:
        new_starts_at, new_ends_at = example.hours
        moved = {"new_starts_at": new_starts_at, "new_ends_at": new_ends_at}
        moved["new_day"] = day + timedelta(days=example.days_later)
    OccurrenceChange.objects.create(
        id=example_id("change", example.name),
        activity=activity,
        day=day,
        starts_at=recurrence.starts_at,
        kind=example.kind,
        reason=example.reason,
        note=example.note,
        **moved,
    )
