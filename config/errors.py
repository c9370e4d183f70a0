"""The product's own pages for errors that Django answers with nothing, or with a technical page."""

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.defaults import page_not_found

View = Callable[[HttpRequest], HttpResponse]
_TOO_MUCH: dict[type[Exception], tuple[int, str]] = {
    RequestDataTooBig: (413, "The texts you sent are longer than any form of ours takes."),
    TooManyFieldsSent: (400, "The request has more fields than any form of ours."),
    TooManyFilesSent: (400, "The request has more files than any form of ours takes."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says what was too much; of anything else only that it was not understood: the exception speaks to us."""
    status, sentence = _TOO_MUCH.get(type(exception), (400, ""))
    sentence = f"{sentence} Nothing was changed." if sentence else ""
    return HttpResponse(render_to_string("400.html", {"sentence": sentence}), status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """While the database does not answer, a page that reads no row says when to come back."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return defaults.server_error(request)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = "60"
    return response


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
