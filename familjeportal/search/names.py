"""What is called how when it is found: by itself (`LABELS`), and several of a kind (`HEADINGS`)."""

from django.utils.translation import gettext_lazy as _

from services.searchable import Found

HEADINGS = {
    Found.GUIDE: _("Råd"),
    Found.TOPIC: _("Ämnen"),
    Found.FLOW: _("Frågor som leder rätt"),
    Found.SERVICE: _("Verksamheter"),
    Found.SUPPORT: _("Stöd för föräldrar"),
    Found.CENTRE: _("Familjecentraler och öppna förskolor"),
    Found.PLACE: _("Platser"),
    Found.ACTIVITY: _("Aktiviteter"),
    Found.DOCUMENT: _("Dokument"),
    Found.NEWS: _("Nyheter"),
    Found.FILM: _("Filmer"),
    Found.PAGE: _("Om webbplatsen och familjecentralerna"),
    Found.LINE: _("Nummer att ringa"),
}
LABELS = {
    Found.GUIDE: _("Råd"),
    Found.TOPIC: _("Ämne"),
    Found.FLOW: _("Frågor som leder rätt"),
    Found.SERVICE: _("Verksamhet"),
    Found.SUPPORT: _("Stöd"),
    Found.CENTRE: _("Hus"),
    Found.PLACE: _("Plats"),
    Found.ACTIVITY: _("Aktivitet"),
    Found.DOCUMENT: _("Dokument"),
    Found.NEWS: _("Nyhet"),
    Found.FILM: _("Film"),
    Found.PAGE: _("Sida"),
    Found.LINE: _("Nummer att ringa"),
}
