"""Receives uploaded files with a limit: Django itself would take a file of any size."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class LimitedUploadHandler(MemoryFileUploadHandler):
    """Keeps a file in memory up to UPLOAD_MAX_BYTES; past that it throws away what comes and marks the request.

    The view finds `request.upload_too_large` and answers with a sentence instead of the file. The rest is read, chunk
    by chunk, because browsers listen only when they have sent everything; Django's StopUpload would read it line by
    line, and a file of zeros is one line.
    """

    request: Any

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.activated = True
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            self.request.upload_too_large = True
            self.file.truncate(0)
        else:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        return None if self.received > settings.UPLOAD_MAX_BYTES else super().file_complete(file_size)
