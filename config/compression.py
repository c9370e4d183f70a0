"""Compression of answers that are made for one visitor; pages that are kept are compressed once, in config.pages."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from config.pages import will_be_kept


class Gzip(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if will_be_kept(request):
            return response
        return super().process_response(request, response)
