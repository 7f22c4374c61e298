from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from centres.models import CityArea, FamilyCentre
from services.models import Organisation

EXAMPLE_DOMAIN = "familjeportalen.example"


class UserManager(BaseUserManager):
    """Makes staff accounts whose login is their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Raise ValueError without an address; `password=None` makes an account nobody can use."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(
            email,
            password,
            **{"is_staff": True, "is_superuser": True, "role": User.Role.ADMINISTRATOR, **fields},
        )

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def real(self):
        """Accounts of people, not those that the example data brings."""
        return self.exclude(email__iendswith=f"@{EXAMPLE_DOMAIN}")


class AccountHistory(HistoricalRecords):
    """Of what an account may do and who it is: to sign in is no change of it."""

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        if update_fields is None or set(update_fields) - set(self.excluded_fields):
            super().post_save(instance, created, using, **kwargs)


class User(AbstractUser):
    """A person who works with the portal. Visitors have no accounts."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("redaktör för sin familjecentral")
        COMMUNICATOR = "communicator", _("kommunikatör")
        REVIEWER = "reviewer", _("granskare")
        TRANSLATOR = "translator", _("översättare")
        COORDINATOR = "coordinator", _("samordnare för alla familjecentraler")
        ADMINISTRATOR = "administrator", _("administratör")

    username = None
    email = models.EmailField(
        _("e-postadress"),
        unique=True,
        error_messages={"unique": _("Det finns redan ett konto med den e-postadressen.")},
    )
    role = models.CharField(
        _("roll"),
        max_length=20,
        choices=Role,
        default=Role.EDITOR,
        help_text=_(
            "Redaktörer ändrar det som gäller där de arbetar. Kommunikatörer ändrar texterna om "
            "verksamheter och nummer att ringa och skriver råd, översättare texter på andra språk "
            "än svenska. Granskare godkänner råd som andra har skrivit. Samordnare ändrar alla "
            "familjecentraler och sköter konton i sina stadsområden, administratörer alla konton."
        ),
    )
    erased_at = models.DateTimeField(_("uppgifterna raderades"), null=True, editable=False)

    sessions_ended = models.PositiveIntegerField(
        _("antal gånger som sessionerna avslutats"), default=0, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()
    history = AccountHistory(excluded_fields=["password", "last_login", "sessions_ended"])

    class Meta:
        verbose_name = _("personalkonto")
        verbose_name_plural = _("personalkonton")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_whatever_case",
                violation_error_message=_("Det finns redan ett konto med den e-postadressen."),
            ),
        ]

    def __str__(self):
        if self.erased_at:
            return str(_("borttaget konto"))
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret=None):
        """What a session must still fit: the password, as in Django, and what the account may do.

        So a session ends when either changes, whoever changes it and however.
        """
        fits = [self.password, self.role, self.is_staff, self.is_superuser, self.sessions_ended]
        text = "|".join(str(part) for part in fits)
        return salted_hmac("staff session", text, secret, algorithm="sha256").hexdigest()

    # What each role may do in the large; the apps' permissions say what it means row by row. An
    # account that is not in use may do nothing.
    @property
    def changes_everything(self) -> bool:
        """Coordinators and administrators may change every centre and service."""
        return self._has_role(self.Role.COORDINATOR, self.Role.ADMINISTRATOR)

    @property
    def edits_where_they_work(self) -> bool:
        return self._has_role(self.Role.EDITOR)

    @property
    def writes_shared_texts(self) -> bool:
        return self._has_role(self.Role.COMMUNICATOR)

    @property
    def translates(self) -> bool:
        return self._has_role(self.Role.TRANSLATOR)

    @property
    def reviews_texts(self) -> bool:
        return self._has_role(self.Role.REVIEWER)

    @property
    def looks_after_an_area(self) -> bool:
        return self._has_role(self.Role.COORDINATOR)

    @property
    def changes_accounts(self) -> bool:
        return self._has_role(self.Role.ADMINISTRATOR)

    def _has_role(self, *roles: str) -> bool:
        """A superuser is an administrator, whatever the role says."""
        role = self.Role.ADMINISTRATOR if self.is_superuser else self.role
        return self.is_active and self.is_staff and role in roles


class AreaMembership(models.Model):
    """A coordinator looks after the accounts of an area (stadsområde)."""

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        related_name="area_memberships",
        verbose_name=_("personalkonto"),
    )
    city_area = models.ForeignKey(
        CityArea,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("stadsområde"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("samordnar")
        verbose_name_plural = _("samordnar")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "city_area"], name="area_membership_once_per_area"
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.city_area}"


class InvitationQuerySet(models.QuerySet):
    def open(self, at: datetime):
        """Those that can still be accepted at the moment `at`."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A person is asked to make a staff account with a role and a place of work (inbjudan).

    The link in the letter holds a random token, of which only the hash is kept.
    """

    class State(models.TextChoices):
        OPEN = "open", _("väntar på svar")
        EXPIRED = "expired", _("tiden gick ut")
        REVOKED = "revoked", _("tillbakadragen")
        ACCEPTED = "accepted", _("kontot är skapat")

    email = models.EmailField(_("e-postadress"))
    role = models.CharField(
        _("roll"),
        max_length=20,
        choices=User.Role,
        default=User.Role.EDITOR,
        help_text=User._meta.get_field("role").help_text,
    )
    centres = models.ManyToManyField(
        FamilyCentre,
        blank=True,
        related_name="+",
        verbose_name=_("arbetar på"),
    )
    organisations = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="+",
        verbose_name=_("anställd av"),
        help_text=_("En redaktör ändrar bara de verksamheter som arbetsgivaren driver i huset."),
    )
    city_areas = models.ManyToManyField(
        CityArea,
        blank=True,
        related_name="+",
        verbose_name=_("samordnar"),
        help_text=_("De stadsområden vars konton en samordnare ska sköta."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="invitations_sent",
        verbose_name=_("inbjuden av"),
    )
    sent_at = models.DateTimeField(_("skickad"), editable=False)
    expires_at = models.DateTimeField(_("gäller till"), editable=False)
    revoked_at = models.DateTimeField(_("tillbakadragen"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("kontot skapades"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ["-sent_at"]

    def __str__(self):
        return self.email

    def state(self, at: datetime) -> "Invitation.State":
        """As it is at the moment `at`."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if at < self.expires_at else self.State.EXPIRED


class SignInEvent(models.Model):
    """Something about signing in that an administrator may need to look back at.

    Says who, when and what, and nothing of where from. `user` is empty where no account has the
    address that was typed, and when the account has been erased.
    """

    class What(models.TextChoices):
        SIGNED_IN = "signed_in", _("loggade in")
        PASSWORD_REFUSED = "password_refused", _("fel e-postadress eller lösenord")
        CODE_REFUSED = "code_refused", _("fel kod")
        PROVIDER_REFUSED = "provider_refused", _("saknar konto, kom från arbetsgivarens inloggning")
        STEP_ADDED = "step_added", _("lade till ett andra steg")
        STEP_REMOVED = "step_removed", _("tog bort ett andra steg")
        STEP_TAKEN_AWAY = "step_taken_away", _("fick sitt andra steg borttaget")
        CODES_RENEWED = "codes_renewed", _("skapade nya reservkoder")
        PASSWORD_CHANGED = "password_changed", _("bytte lösenord")
        PASSWORD_RESET = "password_reset", _("ersatte ett glömt lösenord")

    HOW = {
        "password": _("lösenord"),
        "totp": _("kod ur appen"),
        "recovery_codes": _("reservkod"),
        "webauthn": _("passnyckel"),
        "socialaccount": _("arbetsgivarens inloggning"),
    }
    KEPT_FOR = timedelta(days=365)

    user = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="sign_in_events",
        verbose_name=_("konto"),
    )
    what = models.CharField(_("händelse"), max_length=20, choices=What)
    how = models.CharField(_("sätt"), max_length=100, blank=True)
    at = models.DateTimeField(_("tid"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("inloggningshändelse")
        verbose_name_plural = _("inloggningshändelser")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.user or _('okänt konto')} {self.get_what_display()}"

    @property
    def how_text(self) -> str:
        """ "lösenord och reservkod"."""
        steps = dict.fromkeys(self.how.split("+") if self.how else [])
        return str(_(" och ")).join(str(self.HOW.get(step, step)) for step in steps)
