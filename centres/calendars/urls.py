from datetime import date, datetime, time

from django.urls import path, register_converter

from ..programme_values import Key
from . import views


class PlannedDate:
    """A day, "2026-12-03", or a day and the start that was planned, "2026-12-03-0930"."""

    regex = r"20[2-9]\d-\d{2}-\d{2}(?:-\d{4})?"

    def to_python(self, value: str) -> tuple[date, time | None]:
        day, start = value[:10], value[11:]
        return date.fromisoformat(day), datetime.strptime(start, "%H%M").time() if start else None

    def to_url(self, key: Key) -> str:
        return f"{key.day}-{key.starts_at:%H%M}"


register_converter(PlannedDate, "planned_date")

app_name = "calendars"
urlpatterns = [
    path("familjecentraler/<slug:slug>/kalender.ics", views.centre_calendar, name="centre"),
    path(
        "familjecentraler/<slug:slug>/<slug:service>/kalender.ics",
        views.room_calendar,
        name="room",
    ),
    path("det-hander/kalender.ics", views.programme_calendar, name="programme"),
    path("det-hander/<uuid:pk>/kalender.ics", views.activity_calendar, name="activity"),
    path("det-hander/<uuid:pk>/<planned_date:when>.ics", views.date_file, name="date"),
    path("<slug:slug>/kalender.ics", views.service_calendar, name="service"),
]
