import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .centre import FamilyCentre
from .confirmation import Confirmation
from .service_at_centre import ServiceAtCentre

GROUPS_OF_HOUSE = ("existence", "location", "first_visit", "")
GROUPS_OF_ROOM = ("hours", "contact", "existence", "")


class FeedbackQuerySet(models.QuerySet):
    def new(self):
        return self.filter(status=Feedback.Status.NEW)

    def about_house(self, centre: FamilyCentre):
        """What is about the house or any room in it."""
        return self.filter(Q(centre=centre) | Q(service_at_centre__centre=centre))

    def with_target(self):
        """Load what a list says of each: the house, and the room with its service."""
        return self.select_related(
            "centre", "service_at_centre__centre", "service_at_centre__service", "handled_by"
        )

    def with_words_past_keeping(self, at: datetime):
        """Those whose words are still stored at the moment `at` although their time is over."""
        return self.filter(received_at__lte=at - Feedback.WORDS_KEPT).exclude(text="", note="")


class Feedback(models.Model):
    """A reader says that something on a page is wrong ("Stämmer något inte?").

    Who it was is nowhere. The words are kept for 90 days, and shown no longer even if they are
    still stored; what the row is about and what came of it stays. Without a change history, which
    would keep the words.
    """

    class Status(models.TextChoices):
        NEW = "new", _("ny")
        FIXED = "fixed", _("åtgärdad")
        DISMISSED = "dismissed", _("avfärdad")

    LONGEST_TEXT = 500
    WORDS_KEPT = timedelta(days=90)

    # The key is the form's own, so that a form that is sent twice makes one row.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("hela huset"),
    )
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("verksamhet på en central"),
    )
    fact_group = models.CharField(
        _("vad som inte stämmer"),
        max_length=12,
        choices=Confirmation.FactGroup,
        blank=True,
        help_text=_("Tomt betyder något annat."),
    )
    text = models.CharField(_("besökarens ord"), max_length=LONGEST_TEXT, blank=True)
    received_at = models.DateTimeField(_("inkom"))

    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.NEW)
    note = models.CharField(
        _("personalens anteckning"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Skriv inga personuppgifter. Tas bort samtidigt som besökarens ord."),
    )
    handled_at = models.DateTimeField(_("hanterad"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("av"),
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt på en sida")
        verbose_name_plural = _("synpunkter på sidor")
        ordering = ["-received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="feedback_centre_or_service_and_its_facts",
                condition=Q(
                    centre__isnull=False,
                    service_at_centre__isnull=True,
                    fact_group__in=GROUPS_OF_HOUSE,
                )
                | Q(
                    centre__isnull=True,
                    service_at_centre__isnull=False,
                    fact_group__in=GROUPS_OF_ROOM,
                ),
                violation_error_message=_("Välj huset eller en verksamhet, och vad som är fel."),
            ),
            models.CheckConstraint(
                name="feedback_new_until_handled",
                condition=Q(status="new", handled_at__isnull=True)
                | (
                    ~Q(status="new") & Q(handled_at__isnull=False, handled_at__gte=F("received_at"))
                ),
                violation_error_message=_("Det som är hanterat har en tid då det hanterades."),
            ),
        ]
        indexes = [models.Index(fields=["received_at"], name="feedback_received_at")]

    def __str__(self):
        """Without the words: the admin's own log keeps this."""
        return f"{self.what} – {self.target}"

    @property
    def target(self) -> FamilyCentre | ServiceAtCentre:
        return self.service_at_centre or self.centre

    @property
    def house(self) -> FamilyCentre:
        return self.service_at_centre.centre if self.service_at_centre else self.centre

    @property
    def what(self) -> str:
        """ "öppettider", "adress och väg dit", "något annat"."""
        return str(self.get_fact_group_display() or _("något annat"))

    @property
    def version(self) -> str:
        """Another one for each state that staff have left it in."""
        state = f"{self.status}\n{self.note}\n{self.handled_at}"
        return salted_hmac("centres.feedback", state, algorithm="sha256").hexdigest()[:16]

    def page_url(self) -> str:
        """Where readers see what this is about."""
        url = self.house.get_absolute_url()
        return f"{url}#{self.service_at_centre.service.slug}" if self.service_at_centre else url

    def text_at(self, at: datetime) -> str:
        """The reader's words, or "" when their time is over at the moment `at`."""
        return self.text if self.keeps_words_at(at) else ""

    def note_at(self, at: datetime) -> str:
        return self.note if self.keeps_words_at(at) else ""

    def keeps_words_at(self, at: datetime) -> bool:
        return at < self.received_at + self.WORDS_KEPT
