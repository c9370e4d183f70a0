"""The least that WSGI can do: an application that returns the same headers and bytes each time. They lie in the file
that RAW_ANSWER names, as JSON."""

import json
import os
from base64 import b64decode
from pathlib import Path

_answer = json.loads(Path(os.environ["RAW_ANSWER"]).read_text())
_headers = [tuple(header) for header in _answer["headers"]]
_body = [b64decode(_answer["body"])]


def application(environ, start_response):
    start_response("200 OK", list(_headers))
    return _body
