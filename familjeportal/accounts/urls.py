"""Signing in, and one's own account. The names are allauth's, which its code asks for.

Only what the portal uses has an address: nobody signs up, changes address or connects accounts.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider_pages
from allauth.socialaccount.providers.openid_connect import views as provider
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.decorators.cache import never_cache

from . import views


def page(route, view, name):
    """A page that no browser or proxy keeps: codes and addresses may stand on it."""
    return path(route, never_cache(view), name=name)


urlpatterns = [
    page("logga-in/", account.login, "account_login"),
    page("logga-in/kod/", second_factor.authenticate, "mfa_authenticate"),
    page("logga-in/passnyckel/", passkeys.login_webauthn, "mfa_login_webauthn"),
    page("logga-in/ej-i-bruk/", account.account_inactive, "account_inactive"),
    page("logga-in/avbruten/", provider_pages.login_cancelled, "socialaccount_login_cancelled"),
    page("logga-in/hos/<slug:provider_id>/", views.provider_login, "openid_connect_login"),
    page("logga-in/hos/<slug:provider_id>/svar/", provider.callback, "openid_connect_callback"),
    page("logga-ut/", account.logout, "account_logout"),
    page("nytt-losenord/", account.password_reset, "account_reset_password"),
    page("nytt-losenord/skickat/", account.password_reset_done, "account_reset_password_done"),
    page(
        "nytt-losenord/klart/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    page(
        "nytt-losenord/<slug:uidb36>/<str:key>/",
        account.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    page("konto/", second_factor.index, "mfa_index"),
    page("konto/skydda/", views.protect_account, "account_protect"),
    page("konto/bekrafta/", account.reauthenticate, "account_reauthenticate"),
    page("konto/bekrafta/kod/", second_factor.reauthenticate, "mfa_reauthenticate"),
    page(
        "konto/bekrafta/passnyckel/",
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    page("konto/losenord/", account.password_change, "account_change_password"),
    page("konto/losenord/nytt/", account.password_set, "account_set_password"),
    page("konto/app/", app.activate_totp, "mfa_activate_totp"),
    page("konto/app/ta-bort/", app.deactivate_totp, "mfa_deactivate_totp"),
    page("konto/passnycklar/", passkeys.list_webauthn, "mfa_list_webauthn"),
    page("konto/passnycklar/ny/", passkeys.add_webauthn, "mfa_add_webauthn"),
    page("konto/passnycklar/<int:pk>/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    page("konto/passnycklar/<int:pk>/ta-bort/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    page("konto/reservkoder/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    page(
        "konto/reservkoder/nya/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    page("konto/enheter/", sessions.list_usersessions, "usersessions_list"),
    page("konto/enheter/<int:pk>/logga-ut/", views.session_end, "session_end"),
]
