"""Staff accounts and where each person works. For administrators only."""

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
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centres.models import CentreMembership, OrganisationMembership
from services.forms import StaffForm
from services.staff_admin import AsksMayChange, BearsAnything, StaffInline

from . import permissions, second_factor
from .models import SignInEvent, User

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


class OnlyForAdministrators:
    """Accounts are personal data: nobody else even sees them."""

    may_change = staticmethod(permissions.may_change)

    def has_view_permission(self, request, obj=None):
        return self.may_change(request.user, obj)


class CentreMembershipInline(OnlyForAdministrators, StaffInline, admin.TabularInline):
    model = CentreMembership
    autocomplete_fields = ["centre"]


class OrganisationMembershipInline(OnlyForAdministrators, StaffInline, admin.TabularInline):
    model = OrganisationMembership
    autocomplete_fields = ["organisation"]


class AddressInSmallLetters:
    """Accounts keep their address in small letters, so that it is taken whatever its case."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewUserForm(AddressInSmallLetters, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "role")


class UserForm(AddressInSmallLetters, StaffForm):
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
class UserAdmin(OnlyForAdministrators, BearsAnything, AsksMayChange, DjangoUserAdmin):
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
    inlines = [CentreMembershipInline, OrganisationMembershipInline]
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

    @admin.display(description=_("lösenord"))
    def password_link(self, user):
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Ge kontot ett nytt lösenord"))

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

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.own_account_keeps] if obj == request.user else fields

    def has_delete_permission(self, request, obj=None):
        return obj != request.user and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """A new account is for staff; a changed address stops the old one from signing in."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()


@admin.register(SignInEvent)
class SignInEventAdmin(OnlyForAdministrators, BearsAnything, AsksMayChange, admin.ModelAdmin):
    """To look at only: nobody rewrites what happened."""

    list_display = ["at", "user", "what", "how_shown"]
    list_filter = ["what"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    date_hierarchy = "at"
    fields = ["at", "user", "what", "how_shown"]

    @admin.display(description=_("sätt"))
    def how_shown(self, event):
        return event.how_text

    def changelist_view(self, request, extra_context=None):
        title = _("Inloggningar. Raderna sparas i ett år.")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
