"""Everything that happened to a HISP, for the people who report for it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.views.access import own_hisp

EVENTS_ON_A_PAGE = 50


@require_safe
def timeline(request: HttpRequest, hisp: str) -> HttpResponse:
    """The newest first. Who did it and when, not from where: addresses are for OMB's administrators."""
    owner = own_hisp(request, hisp)
    events = owner.events.select_related("by", "quarter").order_by("-pk")
    page = Paginator(events, EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/timeline.html", {"hisp": owner, "page": page})
