"""A notice to readers: the most important thing in a sentence, for a day unless more is asked."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from services.forms import DayField
from services.staff_pages import staff_page
from services.versions import last_saved, version_of_row

from .. import hours_text as words
from ..actions import held, remove_notice, save_notice, was_made
from ..house import House
from ..models import Notice, NoticeText
from ..permissions import may_change
from .own import house_of, own_rooms
from .task_form import PhoneDayInput, TaskForm

HOUSE = "huset"
SEVERITIES = [(value, words.capitalised(str(label))) for value, label in Notice.Severity.choices]


class NoticeForm(TaskForm):
    about = forms.ChoiceField(label=_("Vad gäller det?"), widget=forms.RadioSelect)
    heading = forms.CharField(
        label=_("Det viktigaste, i en mening"),
        max_length=NoticeText._meta.get_field("heading").max_length,
    )
    body = forms.CharField(
        label=_("Mer, om det behövs"), widget=forms.Textarea({"rows": 3}), required=False
    )
    last_day = DayField(label=_("Visas till och med"), widget=PhoneDayInput)
    severity = forms.ChoiceField(
        label=_("Hur viktigt är det?"), choices=SEVERITIES, widget=forms.RadioSelect
    )

    def __init__(self, data=None, *, house: House, notice: Notice | None, user):
        self.house = house
        self.notice = notice
        today = house.today
        initial = {"about": HOUSE, "last_day": today, "severity": Notice.Severity.INFO}
        version = ""
        if notice:
            initial |= self._values_of(notice)
            version = version_of_row(notice, "texts")
        task = f"notice {notice.pk if notice else house.centre.pk} {today}"
        super().__init__(data, user=user, task=task, version=version, initial=initial)
        self.rooms = {room.service.slug: room for room in own_rooms(user, house)}
        self.fields["about"].choices = [
            (HOUSE, _("Hela huset")),
            *(
                (slug, words.capitalised(room.name_in_sentence))
                for slug, room in self.rooms.items()
            ),
        ]
        if notice:
            del self.fields["about"]

    @staticmethod
    def _values_of(notice: Notice) -> dict:
        text = notice.text
        last = timezone.localtime(notice.ends_at) - timedelta(minutes=1) if notice.ends_at else None
        return {
            "heading": text.heading if text else "",
            "body": text.body if text else "",
            "severity": notice.severity,
            "last_day": last.date() if last else None,
        }

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.house.today:
            raise ValidationError(_now("Dagen har redan varit. Välj en senare."))
        return day

    def filled(self) -> Notice:
        """The notice with what the form says, not yet saved."""
        data = self.cleaned_data
        notice = self.notice or Notice(id=self.key, starts_at=self.house.at)
        if self.notice is None and data["about"] == HOUSE:
            notice.centre = self.house.centre
        elif self.notice is None:
            notice.service_at_centre = self.rooms[data["about"]].place
        after = datetime.combine(data["last_day"] + timedelta(days=1), time(0))
        notice.ends_at = timezone.make_aware(after)
        notice.severity = data["severity"]
        return notice


@staff_page
def notice_add(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, house_of(request.user, slug, timezone.now()), None)


@staff_page
def notice_change(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    return _edit(request, house, _own_notice(request, house, pk))


def _own_notice(request: HttpRequest, house: House, pk: UUID) -> Notice:
    notices = Notice.objects.select_related("centre", "service_at_centre__centre")
    notice = get_object_or_404(notices.prefetch_related("texts"), pk=pk)
    centre = notice.centre or notice.service_at_centre.centre
    if centre != house.centre or not may_change(request.user, notice):
        raise PermissionDenied
    return notice


def _edit(request: HttpRequest, house: House, notice: Notice | None) -> HttpResponse:
    form = NoticeForm(request.POST or None, house=house, notice=notice, user=request.user)
    if form.is_valid() and _save(request, form, house, notice):
        _tell(request, notice.pk if notice else form.key)
        return redirect("staff:centre", house.centre.slug)
    context = {"house": house, "centre": house.centre, "notice": notice, "form": form}
    return render(request, "staff/notice_form.html", context)


def _tell(request: HttpRequest, key: UUID) -> None:
    """The same form may come a second time after the notice has been removed."""
    if Notice.objects.filter(pk=key).exists():
        messages.success(request, _now("Meddelandet är sparat. Läsarna ser det nu."))
    else:
        messages.info(request, _now("Meddelandet är redan borttaget."))


def _save(request: HttpRequest, form: NoticeForm, house: House, notice: Notice | None) -> bool:
    with held(house.centre):
        if notice is None and was_made(Notice, form.key):
            return True
        data = form.cleaned_data
        if notice and not _is_unchanged(form, _own_notice(request, house, notice.pk)):
            return False
        try:
            save_notice(
                notice=form.filled(), heading=data["heading"], body=data["body"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        return True


def _is_unchanged(form: NoticeForm, saved: Notice) -> bool:
    """Also true where what was saved in between is just what the form says."""
    version = version_of_row(saved, "texts")
    own = {name: form.cleaned_data[name] for name in form._values_of(saved)}
    if form.is_made_from(version) or own == form._values_of(saved):
        return True
    form.show_conflict(
        version,
        saved=_in_words(form._values_of(saved)),
        who=last_saved(saved),
        own=_in_words(own),
    )
    return False


def _in_words(values: dict) -> str:
    text = ". ".join(part.rstrip(".") for part in (values["heading"], values["body"]) if part)
    until = values["last_day"]
    last = words.full_date(until) if until else _now("någon tar bort det")
    return _now("”%(text)s”, visas till och med %(last)s") % {"text": text, "last": last}


@require_POST
@staff_page
def notice_remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Removing twice is removing once."""
    house = house_of(request.user, slug, timezone.now())
    with held(house.centre):
        if Notice.objects.filter(pk=pk).exists():
            remove_notice(notice=_own_notice(request, house, pk), by=request.user)
    messages.success(request, _now("Meddelandet är borttaget."))
    return redirect("staff:centre", slug)
