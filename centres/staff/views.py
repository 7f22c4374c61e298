from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from services.staff_pages import staff_page

from ..permissions import centres_open_to, feedback_open_to


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    """One's own houses; for coordinators all of them."""
    centres = centres_open_to(request.user).select_related("district")
    new_feedback = feedback_open_to(request.user).new().count()
    return render(request, "staff/home.html", {"centres": centres, "new_feedback": new_feedback})
