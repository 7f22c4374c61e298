"""What a reader can say is wrong on a house's page, and the form that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .cookieless_forms import TokenError, TokenTooOldError, TokenTooYoungError, key_of, make_token
from .models import Confirmation, FamilyCentre, Feedback, ServiceAtCentre
from .personal_details import MARK, holds_identity_number, without_contact_details

Group = Confirmation.FactGroup
OTHER = "other"
OF_ROOM = [
    (Group.HOURS, _("Tiderna")),
    (Group.CONTACT, _("Telefon, e-post eller bokning")),
    (Group.EXISTENCE, _("Verksamheten finns inte här")),
    (OTHER, _("Något annat")),
]
OF_ROOM_NOT_IN_USE = [OF_ROOM[2], OF_ROOM[3]]
OF_HOUSE = [
    (Group.LOCATION, _("Adressen eller vägen hit")),
    (Group.FIRST_VISIT, _("Tillgängligheten eller något om första besöket")),
    (Group.EXISTENCE, _("Huset finns inte här")),
    (OTHER, _("Något annat")),
]
OF_HOUSE_NOT_IN_USE = [
    (Group.LOCATION, _("Adressen")),
    (Group.EXISTENCE, _("Om huset planeras, har flyttat eller har stängt")),
    (OTHER, _("Något annat")),
]


@dataclass(frozen=True)
class Topic:
    """The house or one of its rooms; a room by its service's slug, the house by an empty one."""

    slug: str
    name: str
    target: FamilyCentre | ServiceAtCentre
    choices: list


def topics(centre: FamilyCentre, today: date) -> list[Topic]:
    """The house first, then its rooms, with what their parts of the page say something about."""
    in_use = centre.status_on(today) == FamilyCentre.Status.OPEN
    return [
        Topic("", str(_("Huset")), centre, OF_HOUSE if in_use else OF_HOUSE_NOT_IN_USE),
        *_rooms(centre, OF_ROOM if in_use else OF_ROOM_NOT_IN_USE),
    ]


def _rooms(centre: FamilyCentre, choices: list) -> Iterator[Topic]:
    rooms = centre.services_here.select_related("service").prefetch_related("service__texts")
    for room in rooms.order_by("service__position"):
        room.centre = centre
        text = room.service.text
        yield Topic(room.service.slug, text.name if text else str(room.service), room, choices)


class WordsField(forms.CharField):
    """A line break counts as one sign, as the browser counts it, though two are sent."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class FeedbackForm(forms.Form):
    """What is wrong with a topic. `website` is hidden from people: who fills it in is a robot.

    Once valid, `has_lost_details` says whether something was removed from the text.
    """

    what = forms.ChoiceField(
        label=_("Vad är det som inte stämmer?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vad som inte stämmer."),
            "invalid_choice": _("Välj vad som inte stämmer."),
        },
    )
    text = WordsField(
        label=_("Hur är det i stället? (om du vet)"),
        help_text=_(
            "Högst 500 tecken. Telefonnummer och e-postadresser tas bort innan texten sparas, och "
            "hela texten efter 90 dagar."
        ),
        required=False,
        max_length=Feedback.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "max_length": _("Skriv högst %(limit_value)d tecken. Nu är det %(show_value)d."),
        },
    )
    website = forms.CharField(
        label=_("Lämna det här fältet tomt"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Formuläret kom inte fram helt. Skicka det igen.")},
    )

    def __init__(self, data=None, *, topic: Topic, page: str, at: datetime):
        super().__init__(data, initial={"token": make_token(page, at=at)}, label_suffix="")
        self.page, self.at = page, at
        self.fields["what"].choices = topic.choices

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def fact_group(self) -> str:
        return "" if self.cleaned_data["what"] == OTHER else self.cleaned_data["what"]

    def clean_text(self):
        text = self.cleaned_data["text"]
        if holds_identity_number(text):
            raise ValidationError(_IDENTITY_NUMBER, code="identity_number")
        kept = without_contact_details(text)
        self.has_lost_details = kept.count(MARK) > text.count(MARK)
        return kept

    def clean_token(self):
        try:
            return key_of(self.cleaned_data["token"], self.page, at=self.at)
        except TokenTooYoungError:
            raise ValidationError(_TOO_QUICK, code="too_young") from None
        except TokenTooOldError:
            raise ValidationError(_TOO_OLD, code="too_old") from None
        except TokenError:
            raise ValidationError(_NOT_OURS, code="not_ours") from None

    def renew_token(self) -> None:
        """Put a new token in place of one that will never be good; a good one stays the form's."""
        if self.has_error("token") and not self.has_error("token", "too_young"):
            self.data = self.data.copy()
            self.data["token"] = self.initial["token"]


_IDENTITY_NUMBER = _(
    "Det ser ut som ett personnummer i texten. Ta bort det och skicka igen: vi vill inte veta vem "
    "det gäller."
)
_TOO_QUICK = _("Det gick så fort att vi trodde att du var en robot. Tryck på Skicka en gång till.")
_TOO_OLD = _("Sidan har stått öppen i mer än två timmar. Läs igenom och tryck på Skicka igen.")
_NOT_OURS = _("Formuläret kom inte fram helt. Läs igenom och tryck på Skicka igen.")
