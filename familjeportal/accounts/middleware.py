from django.shortcuts import redirect

from . import second_factor

# A preview shows staff what readers no longer see; anybody else passes.
GUARDED = ("/personal/", "/admin/", "/forhandsvisning/")
# What leads to a second factor, or out.
OPEN = {
    "account_login",
    "account_logout",
    "account_protect",
    "account_reauthenticate",
    "admin:logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}


class SecondFactorMiddleware:
    """Nothing of staff is seen or changed before the account has a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(GUARDED) or request.resolver_match.view_name in OPEN:
            return None
        if not request.user.is_authenticated or second_factor.is_there(request):
            return None
        return redirect("account_protect")
