"""Public paths are Swedish, names English."""

from allauth.account.decorators import secure_admin_login
from allauth.account.views import LoginView, LogoutView
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

handler404 = "familjeportal.home.views.not_found"
handler500 = "familjeportal.home.views.server_error"

urlpatterns = [
    path("", include("familjeportal.home.urls")),
    path("personal/logga-in/", LoginView.as_view(), name="account_login"),
    path("personal/logga-ut/", LogoutView.as_view(), name="account_logout"),
    path("personal/", include("centres.staff.urls")),
    path("admin/", admin.site.urls),
    path("", include("centres.urls")),
]
