from datetime import timedelta

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

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


class User(AbstractUser):
    """A person who works with the portal. Visitors have no accounts."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("redaktör för sin familjecentral")
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
            "Redaktörer ändrar sina egna familjecentraler och verksamheter, "
            "samordnare ändrar alla. Administratörer sköter dessutom konton."
        ),
    )

    sessions_ended = models.PositiveIntegerField(
        _("antal gånger som sessionerna avslutats"), default=0, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login", "sessions_ended"])

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
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret=None):
        """What a session must still fit: the password, as in Django, and what the account may do.

        So a session ends when either changes, whoever changes it and however.
        """
        fits = [self.password, self.role, self.is_staff, self.is_superuser, self.sessions_ended]
        text = "|".join(str(part) for part in fits)
        return salted_hmac("staff session", text, secret, algorithm="sha256").hexdigest()

    @property
    def changes_everything(self) -> bool:
        """Coordinators and administrators may change every centre and service."""
        return self.is_active and (
            self.is_superuser or self.role in (self.Role.COORDINATOR, self.Role.ADMINISTRATOR)
        )

    @property
    def changes_accounts(self) -> bool:
        return self.is_active and (self.is_superuser or self.role == self.Role.ADMINISTRATOR)


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
