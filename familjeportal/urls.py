"""Public paths are Swedish, names English."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from familjeportal.accounts.invitation_views import invitation_accept
from familjeportal.home.views import view_on_site
from familjeportal.search.staff import search_counts

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

handler404 = "familjeportal.home.views.not_found"
handler500 = "familjeportal.home.views.server_error"

urlpatterns = [
    path("", include("familjeportal.home.urls")),
    path("sok/", include("familjeportal.search.urls")),
    path("personal/", include("familjeportal.accounts.urls")),
    path("personal/inbjudan/<str:token>/", invitation_accept, name="invitation"),
    path("personal/sokningar/", search_counts, name="search_counts"),
    path("personal/", include("centres.staff.urls")),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="admin_password_change",
    ),
    path(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        admin.site.admin_view(view_on_site),
        name="view_on_site",
    ),
    path("admin/", admin.site.urls),
    path("", include("guidance.printed.urls")),
    path("", include("guidance.document_urls")),
    path("", include("guidance.desk.urls")),
    path("", include("guidance.news.urls")),
    path("", include("guidance.pages.urls")),
    path("", include("guidance.urls")),
    path("", include("guidance.flow_urls")),
    path("det-hander/", include("centres.whats_on.urls")),
    path("", include("centres.calendars.urls")),
    path("", include("guidance.support_urls")),
    path("", include("centres.urls")),
]
