"""The product's own pages for errors that Django answers with nothing, or with a technical page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

View = Callable[[HttpRequest], HttpResponse]


def page_for_refused_method(get_response: View) -> View:
    """An address that was asked in a way it does not take: says what to do, where Django sends an empty page."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        allowed = response.get("Allow", "")
        page = render(request, "405.html", {"can_be_read": "GET" in allowed}, status=405)
        page["Allow"] = allowed
        return page

    return respond


def own_not_found_page(get_response: View) -> View:
    """Development only: whoever tries the demonstration meets what visitors will meet; the server's log still names
    the address."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_technical = response.status_code == 404 and b"DEBUG = True" in getattr(response, "content", b"")
        return page_not_found(request, Http404("There is no page at this address.")) if is_technical else response

    return respond
