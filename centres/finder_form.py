"""What a reader asks of the list of centres, as it stands in the page's address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.languages import SpokenLanguage, spoken
from services.models import Service
from services.validators import HIGHEST_AGE

from . import hours_text as words
from .address_values import AddressValues, Option
from .models import Channel
from .wish import TODAY, Part, Wish

NOW = {"oppet": Channel.DROP_IN, "telefon": Channel.PHONE}
DAYS = {"idag": TODAY} | {
    name: number
    for number, name in enumerate(
        ["mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag"], 1
    )
}
PARTS = {"formiddag": Part.MORNING, "eftermiddag": Part.AFTERNOON, "kvall": Part.EVENING}
EXPECTING = "gravid"
_AGES = [*range(24), 24, 30, *range(36, 84, 12)]


def age_words(months: int) -> str:
    """ "nyfödd", "8 månader", "2,5 år": as parents say it."""
    if months == 0:
        return _now("nyfödd")
    if months == 1:
        return _now("1 månad")
    if months < 24:
        return _now("%(n)d månader") % {"n": months}
    years = f"{months / 12:.1f}".removesuffix(".0").replace(".", ",")
    return (
        _now("%(n)s år") % {"n": years}
        if months % 6 == 0
        else _now("%(n)d månader") % {"n": months}
    )


class AgeField(forms.CharField):
    """Completed months, or that somebody is pregnant."""

    def to_python(self, value):
        value = super().to_python(value).strip().lower()
        if value in ("", EXPECTING):
            return value
        if not value.isascii() or not value.isdigit() or len(value) > 3 or int(value) > HIGHEST_AGE:
            raise forms.ValidationError("", code="invalid")
        return int(value)


class FinderForm(forms.Form):
    """Every field may be left out; one that cannot be read is passed over and named."""

    plats = forms.CharField(label=_("platsen"), required=False)
    verksamhet = forms.SlugField(label=_("verksamheten"), required=False)
    nu = forms.ChoiceField(
        label=_("”öppet nu”"), choices=[(name, name) for name in NOW], required=False
    )
    dag = forms.ChoiceField(
        label=_("dagen"), choices=[(name, name) for name in DAYS], required=False
    )
    tid = forms.ChoiceField(
        label=_("tiden på dagen"), choices=[(name, name) for name in PARTS], required=False
    )
    kvallhelg = forms.ChoiceField(
        label=_("”kväll eller helg”"), choices=[("1", "1")], required=False
    )
    alder = AgeField(label=_("åldern"), required=False)
    sprak = forms.ChoiceField(label=_("språket"), choices=SpokenLanguage, required=False)
    trappfritt = forms.ChoiceField(
        label=_("”utan trappsteg”"), choices=[("1", "1")], required=False
    )
    sida = forms.IntegerField(label=_("sidnumret"), min_value=1, max_value=9999, required=False)

    def clean_sprak(self) -> str:
        """Swedish is spoken everywhere: who asks for it asks for nothing more."""
        language = self.cleaned_data["sprak"]
        return "" if language == SpokenLanguage.SWEDISH else language


@dataclass(frozen=True)
class ChosenFilter:
    """A filter in force: what it says, what of the wish it sets, and the list without it."""

    name: str
    label: str
    fields: tuple[str, ...]
    href_without: str


FIELDS = {
    "verksamhet": ("service",),
    "nu": ("now", "channel"),
    "dag": ("weekday",),
    "tid": ("part",),
    "kvallhelg": ("evenings_and_weekends",),
    "alder": ("age", "expecting"),
    "sprak": ("language",),
    "trappfritt": ("step_free",),
}
"""The fields of the wish that each field of the address sets."""


class Asked(AddressValues):
    """The fields of the address that can be read, and what they ask for."""

    def __init__(self, query: QueryDict, services: list[Service]):
        super().__init__(FinderForm, query)
        self.services = {service.slug: service for service in services}
        if self.values.get("verksamhet", "") not in ("", *self.services):
            self.pass_over("verksamhet")

    @property
    def wish(self) -> Wish:
        said = self.values.get
        age = said("alder", "")
        return Wish(
            service=said("verksamhet", ""),
            channel=NOW.get(said("nu", ""), Channel.DROP_IN).value,
            now="nu" in self.values,
            weekday=DAYS.get(said("dag", "")),
            part=PARTS.get(said("tid", "")),
            evenings_and_weekends="kvallhelg" in self.values,
            age=int(age) if age.isdigit() else None,
            expecting=age == EXPECTING,
            language=said("sprak", ""),
            step_free="trappfritt" in self.values,
        )

    @property
    def carried(self) -> str:
        """What a house's own page should know of the wish: "?alder=5", or ""."""
        kept = {name: self.values[name] for name in ("alder", "sprak") if name in self.values}
        return f"?{urlencode(kept)}" if kept else ""

    # --- What is chosen ----------------------------------------------------------------------

    @property
    def chosen(self) -> list[ChosenFilter]:
        """The filters in force, each of which can be taken away by itself."""
        labels = self._labels()
        return [
            ChosenFilter(name, labels[name], FIELDS[name], self.href(**{name: ""}))
            for name in FIELDS
            if name in self.values
        ]

    def _labels(self) -> dict[str, str]:
        said, wish = self.values.get, self.wish
        service = self.services.get(wish.service)
        return {
            "verksamhet": service_name(service) if service else "",
            "nu": _now("telefontid nu") if wish.channel == Channel.PHONE else _now("öppet nu"),
            "dag": day_words(said("dag", "")),
            "tid": part_words(wish.part),
            "kvallhelg": _now("kväll eller helg"),
            "alder": _now("väntar barn") if wish.expecting else age_words(wish.age or 0),
            "sprak": spoken(wish.language) if wish.language else "",
            "trappfritt": _now("utan trappsteg"),
        }

    # --- What can be chosen ------------------------------------------------------------------

    @property
    def days(self) -> list[Option]:
        return [self.toggle("dag", name, day_words(name)) for name in DAYS]

    @property
    def parts(self) -> list[Option]:
        return [self.toggle("tid", name, part_words(part)) for name, part in PARTS.items()]

    @property
    def ages(self) -> list[Option]:
        """Those of the list, and the one that is chosen if it is another."""
        return age_options(self, self.wish.age)


def age_options(asked: AddressValues, chosen: int | None) -> list[Option]:
    """That somebody is pregnant, then ages in months, the chosen one among them."""
    months = sorted({*_AGES, *([] if chosen is None else [chosen])})
    expecting = asked.toggle("alder", EXPECTING, _now("väntar barn"))
    return [expecting, *(asked.toggle("alder", str(n), age_words(n)) for n in months)]


def service_name(service: Service) -> str:
    return service.text.name if service.text else words.capitalised(str(service))


def day_words(name: str) -> str:
    number = DAYS.get(name)
    if number is None:
        return ""
    return _now("i dag") if number == TODAY else words.WEEKDAYS[number - 1]


def part_words(part: Part | None) -> str:
    words = {
        Part.MORNING: _now("förmiddag"),
        Part.AFTERNOON: _now("eftermiddag"),
        Part.EVENING: _now("kväll"),
    }
    return words[part] if part else ""
