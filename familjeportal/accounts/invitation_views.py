import logging

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from . import invitations
from .invitation_forms import AcceptForm

logger = logging.getLogger(__name__)


@sensitive_post_parameters("password1", "password2")
@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: name, password, and on to the second factor.

    Only a form that is sent uses the link up: programs that look through mail open every link.
    """
    at = timezone.now()
    try:
        invitation = invitations.find(token, at=at)
        form = AcceptForm(request.POST or None, email=invitation.email)
        if not form.is_valid():
            return render(request, "accounts/invitation_accept.html", {"form": form})
        user = invitations.accept(token=token, person=form.person, at=at)
    except invitations.InvitationRefusedError as refusal:
        logger.warning("An invitation was refused: %s", refusal)
        status = 410 if refusal.is_known else 400
        return render(request, "accounts/invitation_refused.html", status=status)
    return perform_password_login(request, {"email": user.email}, Login(user, email=user.email))
