"""How the public reads: the methods that are answered, and what an address may ask for after its question mark."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards import scorecards
from dashboards.views import keeping
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS

View = Callable[..., HttpResponseBase]

_READING = ("GET", "HEAD", "OPTIONS")
_LONGEST_WORD = 60  # characters; a HISP's slug has no more
_LONGEST_SLUG = 120  # a service's
_LONGEST_SUBJECT = len("service:") + _LONGEST_SLUG


def public(view: View) -> View:
    """Open to everybody, for reading only. What is missing or unreadable is a page with a way out, in DEBUG too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(_READING)})
        try:
            found = keeping.answer(request, lambda: view(request, *args, **kwargs))
        except scorecards.Missing as missing:
            context = {"exception": str(missing), "missing": missing}
            return render(request, "dashboards/missing.html", context, status=404)
        except BadRequest as bad:
            return render(request, "400.html", {"sentence": str(bad)}, status=400)
        if request.method == "HEAD" and isinstance(found, StreamingHttpResponse):
            found.streaming_content = ()  # else every row would be made and thrown away
        return found

    # Nothing here changes anything, so whoever sends a form is told that, not that the form has expired.
    return csrf_exempt(login_not_required(require_http_methods(_READING)(answer)))


def method(request: HttpRequest) -> str:
    slug = word(request, "method", DEFAULT_METHOD)
    if slug not in METHODS:
        known = ", ".join(METHODS)
        raise BadRequest(f"There is no method “{slug}”. The methods are {known}.")
    return slug


def quarter(request: HttpRequest) -> FiscalQuarter | None:
    text = word(request, "quarter")
    try:
        return FiscalQuarter.parse(text) if text else None
    except ValueError as error:
        raise BadRequest(str(error)) from error


def one_of(request: HttpRequest, name: str, known: Sequence[str], default: str = "") -> str:
    text = word(request, name, default)
    if text not in known:
        said = ", ".join(filter(None, known))
        raise BadRequest(f"“{name}” cannot be “{text}”. It may be {said}.")
    return text


def several(request: HttpRequest, name: str) -> list[str]:
    """What a parameter that may be given more than once says; the empty fields of a form say nothing."""
    return [fit(text, _LONGEST_SUBJECT) for text in request.GET.getlist(name) if text.strip()]


def word(request: HttpRequest, name: str, default: str = "") -> str:
    """A parameter, fit to be compared and to be shown again: a database refuses some characters, and nobody reads
    some others."""
    return fit(request.GET.get(name, default))


def words(request: HttpRequest) -> dict[str, list[str]]:
    """All parameters, fit in the same way."""
    return {fit(name): [fit(text, _LONGEST_SLUG) for text in texts] for name, texts in request.GET.lists()}


def fit(text: str, longest: int = _LONGEST_WORD) -> str:
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return shown if len(shown) <= longest else f"{shown[:longest]}…"
