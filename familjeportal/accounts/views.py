from allauth.socialaccount.providers.openid_connect import views as provider
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from . import second_factor


@login_required
def protect_account(request: HttpRequest) -> HttpResponse:
    """Where those are sent who have no second factor yet: why, and which there are."""
    if second_factor.is_there(request):
        return redirect("mfa_index")
    return render(request, "account/protect.html")


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's own, and a page in words when the provider does not answer."""
    try:
        return provider.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
