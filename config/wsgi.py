"""The WSGI entry point that gunicorn serves."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from config import pages, warm  # noqa: E402  # needs Django's settings and models
from reporting.workbook import reader  # noqa: E402

_answer = pages.kept(_django)
reader.start()
warm.up()


class WholeBody:
    """A body that ends before its announced length, because the connection was cut, is no request. Django would take
    what came: half a file, or half of a sentence."""

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length

    def read(self, size: int) -> bytes:
        return self._counted(self.stream.read(size), size)

    def readline(self, size: int) -> bytes:
        line: bytes = self.stream.readline(size)
        return self._counted(line, 1)

    def _counted(self, data: bytes, expected: int) -> bytes:
        if len(data) < min(expected, self.left):
            raise ConnectionResetError("The request ended before its length.")
        self.left -= len(data)
        return data


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
    return _answer(environ, start_response)
