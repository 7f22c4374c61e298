"""Ending signed-in sessions. A changed password or role ends them by itself (`User`)."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from .models import User

NOWHERE = "0.0.0.0"  # noqa: S104  (an address kept instead of a person's)


def end_sessions(user: User) -> None:
    """Sign `user` out everywhere, at once."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    for session in UserSession.objects.filter(user=user):
        session.end()


def end_other_sessions(request: HttpRequest) -> None:
    """Sign the person out everywhere but here."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    list_session(request)


def end_session(request: HttpRequest, pk: int) -> bool:
    """Sign the person out of another of their devices; False if it is none of theirs, or this."""
    own = UserSession.objects.filter(user=request.user)
    session = own.exclude(session_key=request.session.session_key).filter(pk=pk).first()
    if session:
        session.end()
    return session is not None


def list_session(request: HttpRequest) -> None:
    """Put this session on the person's own list, without the network address it came from."""
    UserSession.objects.create_from_request(request)
    UserSession.objects.filter(user=request.user).update(ip=NOWHERE)
