"""Cards that other sites may frame; nothing else of ours may be."""

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from dashboards import embeds
from dashboards.scorecards import Missing
from dashboards.views import reading
from dashboards.views.reading import public

_FRAMED = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}
View = Callable[..., HttpResponse]


def framed(view: View) -> Callable[..., HttpResponseBase]:
    """What is missing is said in a card, too: a page of ours would stay blank in a frame."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Missing as missing:
            return render(request, "dashboards/embed_missing.html", {"sentence": str(missing)}, status=404)

    return public(csp_replace(_FRAMED)(xframe_options_exempt(answer)))


@framed
def government(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/embed.html", {"card": embeds.government(reading.method(request))})


@framed
def hisp(request: HttpRequest, hisp: str) -> HttpResponse:
    return render(request, "dashboards/embed.html", {"card": embeds.hisp(hisp, reading.method(request))})
