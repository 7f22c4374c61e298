from django.urls import path

from . import (
    closing,
    confirming,
    dates,
    feedback,
    holidays,
    hours,
    import_pages,
    lasting_hours,
    my_centre,
    notices,
    overview,
    paste,
    season,
    sessions,
)

app_name = "staff"
CENTRE = "central/<slug:slug>/"
DATE = f"{CENTRE}tillfalle/<uuid:pk>/<slug:day>/<slug:clock>/"
urlpatterns = [
    path("", my_centre.home, name="home"),
    path(CENTRE, my_centre.centre, name="centre"),
    path(f"{CENTRE}stang/", closing.house_close, name="house_close"),
    path(f"{CENTRE}<slug:service>/stang/", closing.room_close, name="room_close"),
    path(f"{CENTRE}andring/<uuid:pk>/", closing.change_detail, name="change"),
    path(f"{CENTRE}<slug:service>/i-dag/<slug:channel>/", hours.hours_today, name="hours_today"),
    path(
        f"{CENTRE}<slug:service>/nya-tider/<slug:channel>/",
        lasting_hours.hours_from,
        name="hours_from",
    ),
    path(f"{CENTRE}meddelande/", notices.notice_add, name="notice_add"),
    path(f"{CENTRE}meddelande/<uuid:pk>/", notices.notice_change, name="notice_change"),
    path(f"{CENTRE}meddelande/<uuid:pk>/ta-bort/", notices.notice_remove, name="notice_remove"),
    path(f"{CENTRE}stammer/", confirming.fact_confirm, name="fact_confirm"),
    path(f"{CENTRE}helgdagar/", holidays.holiday_list, name="holidays"),
    path(f"{CENTRE}ny-termin/", season.term_list, name="terms"),
    path(f"{CENTRE}ny-termin/<uuid:pk>/", season.term_copy, name="term_copy"),
    path(DATE, dates.date_detail, name="date"),
    path(f"{DATE}<slug:task>/", dates.date_change, name="date_change"),
    path(
        f"{CENTRE}<slug:service>/pass/<slug:channel>/<slug:day>/<slug:clock>/",
        sessions.session_cancel,
        name="session_cancel",
    ),
    path(f"{CENTRE}<slug:service>/klistra-in/", paste.paste, name="paste"),
    path("inkommet/", feedback.feedback_list, name="feedback"),
    path("inkommet/<uuid:key>/", feedback.feedback_detail, name="feedback_detail"),
    path("oversikt/", overview.overview, name="overview"),
    path("oversikt.csv", overview.overview_csv, name="overview_csv"),
    path("import/", import_pages.import_page, name="import"),
    path("import/genomfor/", import_pages.carry_out, name="import_carry_out"),
    path("import/fel.csv", import_pages.export_problems, name="export_problems"),
    path(
        "import/familjecentraler.csv",
        import_pages.export,
        {"kind": "centres"},
        name="export_centres",
    ),
    path("import/oppettider.csv", import_pages.export, {"kind": "hours"}, name="export_hours"),
]
