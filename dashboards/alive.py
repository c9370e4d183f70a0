"""Signs of life while a long file is made: a server takes a worker that is silent for too long to be dead, and would
cut the file short. Imports nothing, so that a server's settings can name it before the application is there."""

from collections.abc import Callable

LISTENERS: list[Callable[[], object]] = []  # config.gunicorn adds the worker


def alive() -> None:
    for tell in LISTENERS:
        tell()
