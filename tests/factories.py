"""Rows for tests: each function makes one thing with sensible facts, and takes any field by name.

Hours are written short. A slot of a week is "mon 9-15", "wed 13.30-16 odd", "fri 22-2" (ends the
next day) or "thu 17-20 #-1" (the last Thursday of the month); a slot of an exception is "9-15".
A tuple adds fields: ("mon 9-11", {"label": "Babyöppet", "max_age_months": 8}). A recurrence of an
activity is written as a slot of a week, or "2026-12-01 9-11" for a single date.
"""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from centres.models import (
    Activity,
    ActivityText,
    CentreMembership,
    CityArea,
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
    Place,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
    Venue,
    VenueText,
)
from familjeportal.accounts.models import AreaMembership, Invitation, User
from familjeportal.search.models import Synonym, UrgentWord
from guidance.actions.documents import keep_file
from guidance.actions.media import keep_picture
from guidance.example_documents import FILES, REPORTS
from guidance.models import (
    Article,
    ArticleVersion,
    Document,
    DocumentVersion,
    Film,
    FilmFile,
    FilmVersion,
    Flow,
    FlowVersion,
    Guide,
    GuideService,
    GuideVersion,
    Page,
    PageVersion,
    Picture,
    SupportContact,
    SupportContactText,
    Topic,
    TopicText,
)
from guidance.uploads.gate import Picture as DrawnPicture
from guidance.uploads.gate import Report
from services.models import Line, LineText, Organisation, Service, ServiceText

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}

_number = count(1)


def stockholm(*parts: int) -> datetime:
    """`stockholm(2026, 11, 23, 9, 30)`: an aware moment by the clock on the wall."""
    return datetime(*parts, tzinfo=STOCKHOLM)


# --- Where ---------------------------------------------------------------------------------------
def make_city_area(name: str = "Nordost") -> CityArea:
    return CityArea.objects.get_or_create(name=name, defaults={"slug": name.lower()})[0]


def make_district(name: str = "Angered", city_area: CityArea | None = None) -> District:
    """The district of that name, made unless it is there."""
    return District.objects.get_or_create(
        name=name,
        defaults={"slug": _slug(name), "city_area": city_area or make_city_area()},
    )[0]


def make_place(**fields) -> Place:
    number = next(_number)
    return Place.objects.create(
        **{
            "name": f"Platsen {number}",
            "kind": "primary_area",
            "district": fields.get("district") or make_district(),
            "latitude": "57.75",
            "longitude": "12.03",
            **fields,
        }
    )


def make_centre(**fields) -> FamilyCentre:
    number = next(_number)
    return FamilyCentre.objects.create(
        **{
            "name": f"Familjecentralen {number}",
            "slug": f"centralen-{number}",
            "district": fields.get("district") or make_district(),
            **fields,
        }
    )


def make_centre_text(centre: FamilyCentre, **fields) -> FamilyCentreText:
    return FamilyCentreText.objects.create(centre=centre, **fields)


# --- What and by whom ----------------------------------------------------------------------------
def make_organisation(name: str = "Göteborgs Stad", **fields) -> Organisation:
    """The organisation of that name, made unless it is there."""
    defaults = {"slug": _slug(name), "kind": Organisation.Kind.CITY, **fields}
    return Organisation.objects.get_or_create(name=name, defaults=defaults)[0]


def make_service(kind: str = Service.Kind.OPEN_PRESCHOOL, **fields) -> Service:
    """The one service of that kind, made unless it is there, with a Swedish text."""
    kind = Service.Kind(kind)
    service, is_new = Service.objects.get_or_create(
        kind=kind,
        defaults={
            "slug": kind.value.replace("_", "-"),
            "position": Service.Kind.values.index(kind.value),
            "for_expectant_parents": kind == Service.Kind.MATERNITY_CARE,
            **fields,
        },
    )
    if is_new:
        make_service_text(service)
    return service


def make_service_text(service: Service, **fields) -> ServiceText:
    name = str(service.get_kind_display()).capitalize()
    return ServiceText.objects.create(
        service=service,
        **{
            "name": name,
            "definite_name": name,
            "summary": "Kort om verksamheten.",
            "what_it_is": "Vad det är.",
            "for_whom": "För alla som vill.",
            **fields,
        },
    )


def make_service_at_centre(kind: str = Service.Kind.OPEN_PRESCHOOL, **fields) -> ServiceAtCentre:
    """A room: by default the city's open preschool in a house of its own."""
    return ServiceAtCentre.objects.create(
        **{
            "centre": fields.get("centre") or make_centre(),
            "service": fields.get("service") or make_service(kind),
            "organisation": fields["organisation"]
            if "organisation" in fields
            else make_organisation(),
            **fields,
        }
    )


def make_contact_person(service_at_centre: ServiceAtCentre, **fields) -> ContactPerson:
    return ContactPerson.objects.create(
        service_at_centre=service_at_centre, **{"role": "förskollärare", **fields}
    )


def make_line(**fields) -> Line:
    number = next(_number)
    text = fields.pop("text", {})
    line = Line.objects.create(
        **{
            "slug": f"linje-{number}",
            "number": "1177",
            "hours": Line.Hours.ALWAYS,
            "source": "1177.se",
            **fields,
        }
    )
    LineText.objects.create(
        line=line, **{"name": f"Linjen {number}", "for_whom": "Råd om vård", **text}
    )
    return line


# --- Searching -----------------------------------------------------------------------------------
def make_synonym(slug: str, *phrases: str) -> Synonym:
    return Synonym.objects.create(slug=slug, words="\n".join(phrases))


def make_urgent_word(slug: str, *phrases: str, line: Line | None = None) -> UrgentWord:
    """Without a line it gets one of its own."""
    line = line or make_line(slug=f"linje-{slug}", number="031-365 99 99")
    return UrgentWord.objects.create(slug=slug, words="\n".join(phrases), line=line)


# --- When ----------------------------------------------------------------------------------------
def make_schedule(
    service_at_centre: ServiceAtCentre, *, channel: str = "drop_in", slots=(), **fields
) -> Schedule:
    """Hours from 1 January 2026 until further notice, unless told otherwise."""
    schedule = Schedule.objects.create(
        service_at_centre=service_at_centre,
        channel=channel,
        **{"valid_from": date(2026, 1, 1), **fields},
    )
    for slot in slots:
        make_time_slot(schedule, slot)
    return schedule


def make_time_slot(schedule: Schedule, slot, **fields) -> TimeSlot:
    text, more = slot if isinstance(slot, tuple) else (slot, {})
    weekday, hours, *which = text.split()
    opens_at, closes_at = _span(hours)
    return TimeSlot.objects.create(
        schedule=schedule,
        weekday=WEEKDAYS[weekday],
        opens_at=opens_at,
        closes_at=closes_at,
        **{**_weeks(which), **more, **fields},
    )


def make_exception(
    target: ServiceAtCentre | FamilyCentre,
    *,
    kind: str = ScheduleException.Kind.CLOSED,
    first_day: date = date(2026, 11, 23),
    slots=(),
    **fields,
) -> ScheduleException:
    """An exception of one day for a room, or for a house when `target` is one.

    `last_day=None` is until further notice. `replaced` and `extra` are drop-in unless told.
    """
    new_hours = kind in (ScheduleException.Kind.REPLACED, ScheduleException.Kind.EXTRA)
    exception = ScheduleException.objects.create(
        **_about(target),
        **{
            "kind": kind,
            "first_day": first_day,
            "last_day": first_day,
            "channel": "drop_in" if new_hours else "",
            **fields,
        },
    )
    for slot in slots:
        text, more = slot if isinstance(slot, tuple) else (slot, {})
        opens_at, closes_at = _span(text)
        ExceptionSlot.objects.create(
            exception=exception, opens_at=opens_at, closes_at=closes_at, **more
        )
    return exception


def make_confirmation(target: ServiceAtCentre | FamilyCentre, **fields) -> Confirmation:
    """A room's drop-in hours confirmed on 20 November 2026, or that a house exists."""
    of_room = isinstance(target, ServiceAtCentre)
    group = Confirmation.FactGroup
    defaults = {
        "fact_group": group.HOURS if of_room else group.EXISTENCE,
        "origin": Confirmation.Origin.STAFF,
        "confirmed_at": stockholm(2026, 11, 20, 9),
        **fields,
    }
    if defaults["fact_group"] == group.HOURS:
        defaults.setdefault("channel", "drop_in")
    return Confirmation.objects.create(**_about(target), **defaults)


def make_notice(target: ServiceAtCentre | FamilyCentre, **fields) -> Notice:
    heading = fields.pop("heading", "Vi har fått ny entré")
    body = fields.pop("body", "")
    notice = Notice.objects.create(
        **_about(target), **{"starts_at": stockholm(2026, 11, 1), **fields}
    )
    NoticeText.objects.create(notice=notice, heading=heading, body=body)
    return notice


def make_feedback(target: ServiceAtCentre | FamilyCentre, **fields) -> Feedback:
    """A reader's report of 20 November 2026: a room's hours, or where a house is."""
    group = "hours" if isinstance(target, ServiceAtCentre) else "location"
    received = {"received_at": stockholm(2026, 11, 20, 9), "fact_group": group}
    return Feedback.objects.create(**_about(target), **{**received, **fields})


# --- Activities ----------------------------------------------------------------------------------
def make_venue(**fields) -> Venue:
    """A library in Angered; `directions` are its Swedish words."""
    directions = fields.pop("directions", "")
    venue = Venue.objects.create(
        **{
            "name": f"Biblioteket {next(_number)}",
            "kind": Venue.Kind.LIBRARY,
            "district": fields.get("district") or make_district(),
            **fields,
        }
    )
    if directions:
        VenueText.objects.create(venue=venue, directions=directions)
    return venue


def make_activity(
    organiser: ServiceAtCentre | None = None, *, when=("tue 13-15",), with_rooms=(), **fields
) -> Activity:
    """Tuesday afternoons in 2026, published, for everybody, unless told otherwise.

    `name`, `description` and the other words are the Swedish text's; `with_rooms` hold it too.
    """
    words = ("description", "bring", "how_to_sign_up", "cost_note")
    text = {name: fields.pop(name) for name in words if name in fields}
    name = fields.pop("name", f"Aktiviteten {next(_number)}")
    activity = Activity.objects.create(organiser=organiser or make_service_at_centre(), **fields)
    ActivityText.objects.create(activity=activity, name=name, **text)
    for room in with_rooms:
        CoOrganiser.objects.create(activity=activity, service_at_centre=room)
    for recurrence in when:
        make_recurrence(activity, recurrence)
    return activity


def make_recurrence(activity: Activity, when: str, **fields) -> Recurrence:
    """From 1 January to 31 December 2026 unless told otherwise."""
    return Recurrence.objects.create(activity=activity, **{**recurrence_fields(when), **fields})


def recurrence_fields(when: str) -> dict:
    """The fields that a short form says."""
    on, hours, *which = when.split()
    starts_at, ends_at = _span(hours)
    times = {"starts_at": starts_at, "ends_at": ends_at}
    if on not in WEEKDAYS:
        day = date.fromisoformat(on)
        return {"first_day": day, "last_day": day, **times}
    dates = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    return {"weekday": WEEKDAYS[on], **dates, **times, **_weeks(which)}


def make_change(activity: Activity, planned: str, to: str = "", **fields) -> OccurrenceChange:
    """Of that planned for "2026-11-24 13": cancelled, or moved `to` "2026-11-25 14-16"."""
    day, start = planned.split()
    moved = {}
    if to:
        new_day, hours = to.split()
        new_starts_at, new_ends_at = _span(hours)
        moved = {
            "kind": OccurrenceChange.Kind.MOVED,
            "new_day": date.fromisoformat(new_day),
            "new_starts_at": new_starts_at,
            "new_ends_at": new_ends_at,
        }
    return OccurrenceChange.objects.create(
        activity=activity,
        day=date.fromisoformat(day),
        starts_at=_clock(start),
        **{"kind": OccurrenceChange.Kind.CANCELLED, **moved, **fields},
    )


# --- Who -----------------------------------------------------------------------------------------
def make_user(
    role: str = User.Role.EDITOR,
    *,
    centres=(),
    organisations=(),
    areas=(),
    password=None,
    second_factor=True,
    **fields,
) -> User:
    """A member of staff: an editor belongs to `centres` and `organisations`, a coordinator looks
    after the accounts of `areas`.

    With an app as second factor; `tests.second_factor.code_of` shows what the app shows.
    """
    user = User.objects.create_user(
        fields.pop("email", f"person{next(_number)}@goteborg.example"),
        password,
        **{"role": role, "is_staff": True, **fields},
    )
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    for centre in centres:
        CentreMembership.objects.create(user=user, centre=centre)
    for organisation in organisations:
        OrganisationMembership.objects.create(user=user, organisation=organisation)
    for area in areas:
        AreaMembership.objects.create(user=user, city_area=area)
    return user


def make_invitation(*, by: User, centres=(), organisations=(), token=None, **fields) -> Invitation:
    """An invitation of an editor, sent at noon on 20 November 2026 and open for seven days."""
    token = token or f"token-{next(_number)}"
    sent_at = fields.pop("sent_at", stockholm(2026, 11, 20, 12))
    invitation = Invitation.objects.create(
        **{
            "email": f"ny{next(_number)}@goteborg.example",
            "token_hash": hashlib.sha256(token.encode()).hexdigest(),
            "invited_by": by,
            "sent_at": sent_at,
            "expires_at": sent_at + timedelta(days=7),
            **fields,
        }
    )
    invitation.centres.set(centres)
    invitation.organisations.set(organisations)
    return invitation


# --- Guidance ------------------------------------------------------------------------------------
def make_topic(name: str = "Sömn", **fields) -> Topic:
    """The topic of that name, made unless it is there, with a Swedish text."""
    topic, is_new = Topic.objects.get_or_create(slug=_slug(name), defaults=fields)
    if is_new:
        TopicText.objects.create(topic=topic, name=name, description="Kort om ämnet.")
    return topic


def make_support_contact(*, topics=(), city_areas=(), districts=(), **fields) -> SupportContact:
    """Counselling for the whole city, of which nobody knows the number, unless told otherwise."""
    number = next(_number)
    text = {"name": f"Stödet {number}", **fields.pop("text", {})}
    contact = SupportContact.objects.create(
        **{
            "slug": f"stod-{number}",
            "kind": SupportContact.Kind.COUNSELLING,
            "source": "goteborg.se",
            "source_date": "odaterad",
            **fields,
        }
    )
    SupportContactText.objects.create(
        contact=contact, **{"summary": "Kort om stödet.", "what_it_is": "Vad det är.", **text}
    )
    contact.topics.set(topics)
    contact.city_areas.set(city_areas)
    contact.districts.set(districts)
    return contact


def make_guide(*, services=(), lines=(), words: dict | None = None, **fields) -> Guide:
    """A guide that readers have seen since 1 November 2026; without words if `words` is None."""
    number = next(_number)
    guide = Guide.objects.create(
        **{
            "slug": f"rad-{number}",
            "home_topic": fields.get("home_topic") or make_topic(),
            **fields,
        }
    )
    for position, kind in enumerate(services):
        GuideService.objects.create(guide=guide, service=make_service(kind), position=position)
    guide.lines.set(lines)
    if words is not None:
        make_version(guide, **words)
    return guide


def make_version(guide: Guide, **fields) -> GuideVersion:
    """An example version of a guide, published on 1 November 2026."""
    return GuideVersion.objects.create(
        owner=guide,
        **{
            "number": guide.versions.count() + 1,
            "title": "När barnet inte sover",
            "summary": "Om nätter.",
            "what_is_common": "<p>Många bebisar vaknar ofta.</p>",
            "what_to_try": "<p>Turas om.</p>",
            "when_to_seek_help": "<p>När ni inte orkar.</p>",
            "where_to_turn": "<p>Fråga på BVC.</p>",
            "created_at": stockholm(2026, 11, 1),
            "publish_at": stockholm(2026, 11, 1),
            "state": "published",
            "origin": "example",
            **fields,
        },
    )


def make_flow(graph: dict | None = None, **fields) -> Flow:
    """A flow that readers have seen since 1 November 2026; without a version if `graph` is None."""
    flow = Flow.objects.create(**{"slug": f"flode-{next(_number)}", **fields})
    if graph is not None:
        FlowVersion.objects.create(
            owner=flow,
            number=1,
            title="Vem hjälper?",
            summary="Ett par frågor.",
            graph=graph,
            created_at=stockholm(2026, 11, 1),
            publish_at=stockholm(2026, 11, 1),
            state="published",
            origin="example",
        )
    return flow


def make_document(at: datetime | None = None, *, published: bool = True, **fields) -> Document:
    """A document with an example PDF that readers have seen since `at`, else 1 November 2026."""
    at = at or stockholm(2026, 11, 1)
    facts = {"slug": f"dokument-{next(_number)}", "kind": "guidance", "publisher": "city"}
    document = Document.objects.create(**{**facts, **fields})
    if published:
        make_document_version(document, at)
    return document


def make_document_version(document: Document, at: datetime, **fields) -> DocumentVersion:
    path = FILES / f"{fields.pop('file', 'vagledning-lokaler')}.pdf"
    found = json.loads(REPORTS.read_text(encoding="utf-8"))[path.stem]
    report = Report(**found, first_page=path.with_suffix(".webp").read_bytes())
    words = {
        **{"title": "Vägledning lokaler", "summary": "Om lokaler.", "about": "<p>Kort.</p>"},
        **{"number": document.versions.count() + 1, "created_at": at, "publish_at": at},
        **{"state": "published", "origin": "example"},
    }
    file = keep_file(path=path, report=report, at=at)
    return DocumentVersion.objects.create(owner=document, file=file, **{**words, **fields})


def _shown_text(model, owner, **fields):
    """An example version that readers have seen since 1 November 2026."""
    return model.objects.create(
        owner=owner,
        **{
            "number": owner.versions.count() + 1,
            "title": "Nytt i huset",
            "summary": "Om det som är nytt.",
            "created_at": stockholm(2026, 11, 1),
            "publish_at": stockholm(2026, 11, 1),
            "state": "published",
            "origin": "example",
            **fields,
        },
    )


def make_article(words: dict | None = None, **fields) -> Article:
    """News that readers see."""
    facts = {"slug": f"nyhet-{next(_number)}", "day": date(2026, 11, 1)}
    article = Article.objects.create(**{**facts, **fields})
    _shown_text(ArticleVersion, article, **{"body": "<p>Välkommen.</p>", **(words or {})})
    return article


def make_picture(content: bytes = b"a picture", at: datetime | None = None) -> Picture:
    return keep_picture(DrawnPicture(16, 9, content), at=at or stockholm(2026, 11, 1))


def make_film(file: FilmFile, words: dict | None = None, **fields) -> Film:
    """A film that readers see."""
    film = Film.objects.create(**{"slug": f"film-{next(_number)}", **fields})
    captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nHej.\n"
    said = {"file": file, "captions": captions, "transcript": "<p>Hej.</p>"}
    _shown_text(FilmVersion, film, **{**said, **(words or {})})
    return film


def make_page(slug: str, words: dict | None = None) -> Page:
    """A fixed page that readers see."""
    page, _is_new = Page.objects.get_or_create(slug=slug)
    _shown_text(PageVersion, page, **{"body": "<p>Så är det.</p>", **(words or {})})
    return page


# --- Short forms ---------------------------------------------------------------------------------
def _about(target: ServiceAtCentre | FamilyCentre) -> dict:
    field = "service_at_centre" if isinstance(target, ServiceAtCentre) else "centre"
    return {field: target}


def _span(text: str) -> tuple[time, time]:
    opens_at, closes_at = text.split("-")
    return _clock(opens_at), _clock(closes_at)


def _clock(text: str) -> time:
    hour, _, minute = text.replace(":", ".").partition(".")
    return time(int(hour) % 24, int(minute or 0))


def _weeks(which: list[str]) -> dict:
    if not which:
        return {}
    if which[0].startswith("#"):
        return {"nth_in_month": int(which[0][1:])}
    return {"week_parity": which[0]}


def _slug(name: str) -> str:
    return name.lower().translate(str.maketrans("åäöé ", "aaoe-"))
