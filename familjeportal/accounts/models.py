from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
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

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

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

    @property
    def changes_everything(self) -> bool:
        """Coordinators and administrators may change every centre and service."""
        return self.is_active and (
            self.is_superuser or self.role in (self.Role.COORDINATOR, self.Role.ADMINISTRATOR)
        )

    @property
    def changes_accounts(self) -> bool:
        return self.is_active and (self.is_superuser or self.role == self.Role.ADMINISTRATOR)
