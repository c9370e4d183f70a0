"""Development only: the product's own page for an address that does not exist, instead of Django's technical one.

Whoever tries the demonstration meets what visitors will meet; the server's log still names the address.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

View = Callable[[HttpRequest], HttpResponse]


def own_not_found_page(get_response: View) -> View:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_technical = response.status_code == 404 and b"DEBUG = True" in getattr(response, "content", b"")
        return page_not_found(request, Http404()) if is_technical else response

    return respond
