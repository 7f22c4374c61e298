"""Invitations: who is asked to make an account, and what has come of it."""

from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.staff_admin import StaffAdmin

from .. import permissions
from ..invitation_forms import InvitationForm
from ..invitations import invite, revoke, send_again
from ..models import Invitation
from .base import AsksAccounts, OffersOwnCentres

CHOSEN = {
    "centres": permissions.centres_open_to,
    "city_areas": permissions.city_areas_open_to,
}


@admin.register(Invitation)
class InvitationAdmin(OffersOwnCentres, AsksAccounts, StaffAdmin):
    """Made and taken back, never changed: another role is another invitation."""

    form = InvitationForm
    list_display = ["email", "role", "state", "places", "expires_at"]
    list_filter = ["role", "sent_at"]
    search_fields = ["email"]
    autocomplete_fields = ["centres"]
    actions = ["send_again", "revoke"]

    def get_queryset(self, request):
        mine = permissions.invitations_open_to(request.user)
        rows = super().get_queryset(request).filter(pk__in=mine.values("pk"))
        return rows.prefetch_related("centres")

    def get_fields(self, request, obj=None):
        choices = ["email", "role", "centres", "organisations"]
        if self.is_administrator(request):
            choices.append("city_areas")
        return [*choices, "state", "sender", "sent_at", "expires_at"] if obj else choices

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def has_change_permission(self, request, obj=None):
        """Needed for the actions; the page of an invitation is only for reading."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request):
        return self.may_change(request.user, Invitation)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in CHOSEN:
            kwargs["queryset"] = CHOSEN[db_field.name](request.user)
        if db_field.name not in self.get_autocomplete_fields(request):
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A coordinator invites to a centre of their own areas, nothing less."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "centres" in form.base_fields:
            form.base_fields["centres"].required = not self.is_administrator(request)
        return form

    @admin.display(description=_("läge"))
    def state(self, invitation):
        return invitation.state(timezone.now()).label

    @admin.display(description=_("inbjuden av"))
    def sender(self, invitation):
        """Without a link: the sender's account may be out of the reader's reach."""
        return invitation.invited_by

    @admin.display(description=_("arbetar på"))
    def places(self, invitation):
        return ", ".join(centre.name for centre in invitation.centres.all())

    def save_model(self, request, obj, form, change):
        """Whether the person may is asked by the action: the row has no places yet."""
        invite(
            invitation=obj,
            centres=form.cleaned_data["centres"],
            organisations=form.cleaned_data["organisations"],
            city_areas=form.cleaned_data.get("city_areas", ()),
            at=timezone.now(),
            by=request.user,
        )
        text = _now("Inbjudan är skickad till %(email)s. Svaret syns här när kontot är gjort.")
        self.message_user(request, text % {"email": obj.email})

    @admin.action(description=_("Skicka på nytt, med en ny länk"))
    def send_again(self, request, queryset):
        now = timezone.now()
        rows = [row for row in queryset if self.may_change(request.user, row)]
        sent = [row for row in rows if send_again(invitation=row, at=now, by=request.user)]
        self._tell(
            request,
            ngettext("%(count)d inbjudan skickad.", "%(count)d inbjudningar skickade.", len(sent)),
            done=len(sent),
            asked=len(queryset),
        )

    @admin.action(description=_("Dra tillbaka"))
    def revoke(self, request, queryset):
        now = timezone.now()
        rows = [row for row in queryset if self.may_change(request.user, row)]
        done = [row for row in rows if revoke(invitation=row, at=now, by=request.user)]
        self._tell(
            request,
            ngettext(
                "%(count)d inbjudan tillbakadragen.",
                "%(count)d inbjudningar tillbakadragna.",
                len(done),
            ),
            done=len(done),
            asked=len(queryset),
        )

    def _tell(self, request, text, *, done, asked):
        self.message_user(request, text % {"count": done})
        if done < asked:
            text = _now("De andra är som förut: de har redan blivit konton, eller gäller inte.")
            self.message_user(request, text, messages.WARNING)
