"""What a reader asks of the programme, as it stands in the page's address."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.languages import SpokenLanguage, spoken
from services.models import Service

from .. import hours_text as words
from ..address_values import AddressValues, Option
from ..finder_form import (
    DAYS,
    EXPECTING,
    PARTS,
    AgeField,
    age_options,
    age_words,
    day_words,
    part_words,
    service_name,
)
from ..models import FamilyCentre, ForWhom
from ..wish import Part
from .period import Period, period_of

WEEKDAYS = {name: number for name, number in DAYS.items() if number}
FILTERS = {
    "hus": ("centre",),
    "verksamhet": ("service",),
    "alder": ("age", "expecting"),
    "sprak": ("language",),
    "grupp": ("group",),
    "dag": ("weekday",),
    "tid": ("part",),
    "dropin": ("drop_in",),
}
"""The fields that sieve, besides the place, and what is looked for by each; each can be taken away
by itself."""


class ProgrammeForm(forms.Form):
    """Every field may be left out; one that cannot be read is passed over and named."""

    nar = forms.CharField(label=_("dagarna"), required=False)
    plats = forms.CharField(label=_("platsen"), required=False)
    hus = forms.SlugField(label=_("huset"), required=False)
    verksamhet = forms.SlugField(label=_("verksamheten"), required=False)
    alder = AgeField(label=_("åldern"), required=False)
    sprak = forms.ChoiceField(label=_("språket"), choices=SpokenLanguage, required=False)
    grupp = forms.ChoiceField(label=_("gruppen"), choices=ForWhom, required=False)
    dag = forms.ChoiceField(
        label=_("dagen"), choices=[(name, name) for name in WEEKDAYS], required=False
    )
    tid = forms.ChoiceField(
        label=_("tiden på dagen"), choices=[(name, name) for name in PARTS], required=False
    )
    dropin = forms.ChoiceField(label=_("”utan anmälan”"), choices=[("1", "1")], required=False)
    sida = forms.IntegerField(label=_("sidnumret"), min_value=1, max_value=999, required=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for in the programme; a field left as it is asks for nothing.

    `centre` and `service` are slugs, `age` a child's completed months, `language` and `group` codes
    of `SpokenLanguage` and `ForWhom`, `weekday` ISO.
    """

    centre: str = ""
    service: str = ""
    age: int | None = None
    expecting: bool = False
    language: str = ""
    group: str = ""
    weekday: int | None = None
    part: Part | None = None
    drop_in: bool = False


@dataclass(frozen=True)
class Chosen:
    """A filter in force: what it says, and the page without it."""

    name: str
    label: str
    href_without: str


class Asked(AddressValues):
    """The fields of the address that can be read, and what they ask for."""

    def __init__(self, query: QueryDict, today: date):
        super().__init__(ProgrammeForm, query)
        self.centre = self._read("hus", FamilyCentre.objects.published(today))
        services = Service.objects.prefetch_related("texts")
        self.service = self._read("verksamhet", services)
        read = period_of(self.values.get("nar", ""), today)
        self.period: Period = read or period_of("", today)
        found = {"nar": read, "hus": self.centre, "verksamhet": self.service}
        for name, what in found.items():
            if name in self.values and what is None:
                self.pass_over(name)

    def _read(self, name: str, rows):
        """The row whose slug the field holds; it asks nothing where the field is empty."""
        slug = self.values.get(name)
        return rows.filter(slug=slug).first() if slug else None

    @property
    def looked(self) -> Looked:
        said = self.values.get
        age = said("alder", "")
        return Looked(
            centre=said("hus", ""),
            service=said("verksamhet", ""),
            age=int(age) if age.isdigit() else None,
            expecting=age == EXPECTING,
            language=said("sprak", ""),
            group=said("grupp", ""),
            weekday=WEEKDAYS.get(said("dag", "")),
            part=PARTS.get(said("tid", "")),
            drop_in="dropin" in self.values,
        )

    # --- What is chosen ----------------------------------------------------------------------

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in force, the place not among them."""
        labels = self._labels()
        return [
            Chosen(name, labels[name], self.href(**{name: ""}))
            for name in FILTERS
            if name in self.values
        ]

    def _labels(self) -> dict[str, str]:
        said, looked = self.values.get, self.looked
        return {
            "hus": self.centre.name if self.centre else "",
            "verksamhet": service_name(self.service) if self.service else "",
            "alder": _now("väntar barn") if looked.expecting else age_words(looked.age or 0),
            "sprak": _now("på %(language)s") % {"language": spoken(looked.language)}
            if looked.language
            else "",
            "grupp": _now("särskilt för %(whom)s") % {"whom": ForWhom(looked.group).label}
            if looked.group
            else "",
            "dag": _now("på %(weekday)sar") % {"weekday": day_words(said("dag", ""))},
            "tid": part_words(looked.part),
            "dropin": _now("utan anmälan"),
        }

    # --- What can be chosen ------------------------------------------------------------------

    @property
    def views(self) -> list[Option]:
        """The days that are asked for most; the one that is shown is no toggle."""
        names = {
            "": _now("Sju dagar"),
            "idag": _now("I dag"),
            "imorgon": _now("I morgon"),
            "helgen": _now("I helgen"),
            "veckan": _now("Veckan"),
            "manaden": _now("Månaden"),
        }
        return [
            Option(label, name, self.values.get("nar", "") == name, self.href(nar=name))
            for name, label in names.items()
        ]

    @property
    def ages(self) -> list[Option]:
        return age_options(self, self.looked.age)

    @property
    def languages(self) -> list[Option]:
        names = {code: spoken(code) for code in SpokenLanguage.values}
        return [self.toggle("sprak", code, names[code]) for code in sorted(names, key=names.get)]

    @property
    def groups(self) -> list[Option]:
        return [self.toggle("grupp", code, str(label)) for code, label in ForWhom.choices]

    @property
    def weekdays(self) -> list[Option]:
        return [self.toggle("dag", name, day_words(name)) for name in WEEKDAYS]

    @property
    def parts(self) -> list[Option]:
        return [self.toggle("tid", name, part_words(part)) for name, part in PARTS.items()]

    @property
    def without_sign_up(self) -> Option:
        return self.toggle("dropin", "1", _now("Utan anmälan"))

    @property
    def unread_words(self) -> str:
        return words.listed(self.unread)


def without(looked: Looked, name: str) -> Looked:
    """What is looked for without one of `FILTERS`."""
    blank = Looked()
    return replace(looked, **{field: getattr(blank, field) for field in FILTERS[name]})
