"""Signing in through the employer's OpenID Connect provider."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect

from .models import SignInEvent, User


class ExistingAccountsAdapter(DefaultSocialAccountAdapter):
    """The provider vouches for an address; the account of that address is signed in.

    Nothing of the provider's is kept: change the account's address, and the old one opens nothing.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        user = User.objects.filter(email__in=_vouched_for(sociallogin)).first()
        if user:
            sociallogin.user = user
        else:
            SignInEvent.objects.create(what=SignInEvent.What.PROVIDER_REFUSED)


def _vouched_for(sociallogin: SocialLogin) -> list[str]:
    """In small letters, as accounts keep them. Some providers write the truth as a text."""
    return [
        address.email.lower()
        for address in sociallogin.email_addresses
        if str(address.verified).lower() == "true"
    ]
