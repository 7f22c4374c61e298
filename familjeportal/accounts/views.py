from allauth.socialaccount.providers.openid_connect import views as provider
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from . import second_factor, sessions


@login_required
def protect_account(request: HttpRequest) -> HttpResponse:
    """Where those are sent who have no second factor yet: why, and which there are."""
    if second_factor.is_there(request):
        return redirect("mfa_index")
    return render(request, "account/protect.html")


@login_required
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ending it twice is ending it once."""
    if sessions.end_session(request, pk):
        messages.success(request, _("Enheten är utloggad."))
    else:
        messages.info(request, _("Enheten var redan utloggad."))
    return redirect("usersessions_list")


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's own, and a page in words when the provider does not answer."""
    try:
        return provider.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
