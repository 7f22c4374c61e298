"""Staff accounts and where each person works."""

import logging

# They register what is taken away below.
import allauth.account.admin  # noqa: F401
import allauth.mfa.admin  # noqa: F401
import allauth.socialaccount.admin  # noqa: F401
import allauth.usersessions.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from centres.models import CentreMembership, OrganisationMembership
from services.forms import StaffFormSet, VersionedForm
from services.history_admin import ReadsHistory
from services.staff_admin import AsksMayChange, BearsAnything, StaffInline

from .. import permissions, second_factor
from ..erasing import erase_account
from ..models import AreaMembership, User
from ..sessions import end_sessions
from .base import AsksAccounts, OffersOwnCentres
from .branches import branches_open_to

logger = logging.getLogger(__name__)

admin.site.site_header = _("Familjeportalen – personal")
admin.site.site_title = _("Familjeportalen – personal")
admin.site.index_title = _("Vad vill du ändra?")

# Roles decide here, not groups; an address has one home, the account itself; a second factor and
# sessions are their owner's.
for _model in (
    Group,
    EmailAddress,
    Authenticator,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    admin.site.unregister(_model)

# What a coordinator sets only for those who work nowhere but in the coordinator's areas.
OF_THE_WHOLE_ACCOUNT = ("first_name", "last_name", "role", "is_active")
# What nobody but an administrator sets.
OF_ADMINISTRATORS = ("email", "is_staff")
# A change of these ends the person's sessions: they sign in to their new rights.
RIGHTS = {"role", "is_active", "is_staff"}


class CentreMembershipFormSet(StaffFormSet):
    """A coordinator's people stay at one centre at least: else nobody would see them any more."""

    must_keep_one = False

    def clean(self):
        super().clean()
        if self.must_keep_one and not any(self.errors) and not self.kept_forms():
            raise ValidationError(
                _now(
                    "Behåll minst en familjecentral. Har personen slutat: ta bort krysset vid "
                    "”Kontot är i bruk” i stället."
                )
            )


class CentreMembershipInline(OffersOwnCentres, AsksAccounts, StaffInline, admin.TabularInline):
    model = CentreMembership
    formset = CentreMembershipFormSet
    autocomplete_fields = ["centre"]

    def get_queryset(self, request):
        """Where the person works in other areas is neither shown nor changed."""
        here = permissions.centres_open_to(request.user)
        return super().get_queryset(request).filter(centre__in=here)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.must_keep_one = not self.is_administrator(request)
        return formset


class OfWholeAccountInline(AsksAccounts, StaffInline, admin.TabularInline):
    def has_change_permission(self, request, obj=None):
        if obj is None or obj == request.user:
            return request.user.changes_accounts
        return permissions.may_change_all_of(request.user, obj)


class OrganisationMembershipInline(OfWholeAccountInline):
    model = OrganisationMembership
    autocomplete_fields = ["organisation"]


class AreaMembershipInline(AsksAccounts, StaffInline, admin.TabularInline):
    model = AreaMembership
    verbose_name_plural = _("samordnar kontona i")

    def has_view_permission(self, request, obj=None):
        return self.may_change(request.user, AreaMembership)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request)


class AddressInSmallLetters:
    """Accounts keep their address in small letters, so that it is taken whatever its case."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewUserForm(AddressInSmallLetters, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "role")


class UserForm(AddressInSmallLetters, VersionedForm):
    version_parts = ("centre_memberships", "organisation_memberships", "area_memberships")
    version_without = ("last_login", "password", "sessions_ended")

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "role", "is_active", "is_staff")
        labels = {
            "is_active": _("Kontot är i bruk"),
            "is_staff": _("Får logga in på personalsidorna"),
        }
        help_texts = {
            "is_active": _("Ta bort krysset när någon slutar. Då finns historiken kvar."),
            "is_staff": "",
        }


@admin.register(User)
class UserAdmin(
    ReadsHistory, OffersOwnCentres, AsksAccounts, BearsAnything, AsksMayChange, DjangoUserAdmin
):
    form = UserForm
    add_form = NewUserForm
    add_form_template = None
    list_display = ["email", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active", "organisation_memberships__organisation"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["password_link", "last_login", "date_joined"]
    actions = ["take_away_second_factor"]
    inlines = [CentreMembershipInline, OrganisationMembershipInline, AreaMembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "password_link"]}),
        (_("Namn"), {"fields": ["first_name", "last_name"]}),
        (_("Behörighet"), {"fields": ["role", "is_active", "is_staff"]}),
        (_("Datum"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "role"]}),
        (_("Lösenord"), {"fields": ["password1", "password2"]}),
    ]
    # What would lock people out of their own account.
    own_account_keeps = ("role", "is_active", "is_staff")

    def get_queryset(self, request):
        mine = permissions.accounts_open_to(request.user)
        return super().get_queryset(request).filter(pk__in=mine.values("pk"))

    def get_history_branches(self, request):
        return branches_open_to(request.user)

    @admin.display(description=_("lösenord"))
    def password_link(self, user):
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Ge kontot ett nytt lösenord"))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.is_administrator(request):
            return fieldsets
        return [(None, {"fields": ["email"]}), *fieldsets[1:]]

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        if obj == request.user:
            fields += self.own_account_keeps
        elif not self.is_administrator(request):
            fields += OF_ADMINISTRATORS
            if not permissions.may_change_all_of(request.user, obj):
                fields += OF_THE_WHOLE_ACCOUNT
        return fields

    def has_add_permission(self, request):
        """Others invite: they never know anybody's password."""
        return self.is_administrator(request)

    def has_delete_permission(self, request, obj=None):
        return self.is_administrator(request) and obj != request.user

    def get_actions(self, request):
        """Erasing is done one account at a time."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not self.is_administrator(request):
            actions.pop("take_away_second_factor", None)
        return actions

    @admin.action(
        description=_("Ta bort det andra steget (för den som har tappat sin telefon)"),
        permissions=["change"],
    )
    def take_away_second_factor(self, request, queryset):
        for user in queryset:
            second_factor.take_away(user)
            self.log_change(request, user, _("Tog bort det andra steget."))
        self.message_user(
            request, _("Det andra steget är borttaget. Vid nästa inloggning ställs ett nytt in.")
        )

    def delete_model(self, request, obj):
        """Nothing about the person stays, but what they changed is still somebody's change."""
        erase_account(user=obj, by=request.user)

    def user_change_password(self, request, id, form_url=""):
        if not self.is_administrator(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def save_model(self, request, obj, form, change):
        """A new account is for staff; a changed address stops the old one from signing in."""
        if not change:
            obj.is_staff = True
        obj._history_user = request.user
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()

    def save_formset(self, request, form, formset, change):
        """Rights change with these rows too, and history tells who changed them."""
        for row in formset.save(commit=False):
            row._history_user = request.user
            row.save()
        for row in formset.deleted_objects:
            row._history_user = request.user
            row.delete()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed = RIGHTS & set(form.changed_data)
        changed |= {formset.prefix for formset in formsets if formset.has_changed()}
        if change and changed and form.instance != request.user:
            end_sessions(form.instance)
        if changed:
            names = ", ".join(sorted(changed))
            logger.info("Account %s set %s of %s", request.user.pk, names, form.instance.pk)
