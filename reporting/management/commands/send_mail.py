"""Sends the mails that wait in the outbox. For cron, every minute; or `--loop` where there is no cron, which writes
the reminders of the day too."""

import logging
import signal
from datetime import date
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from reporting import deadlines, outbox

MORNING = 7  # o’clock, US Eastern: nobody is reminded at night

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox. Safe to run twice at once."
    _reminded: date | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="Go on until stopped: send each minute, remind each morning."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["loop"]:
            return self._say(outbox.deliver())
        stopped = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            self.turn()
            stopped.wait(60)
        return None

    def turn(self) -> None:
        """One turn of the loop; a database that is away is asked again at the next."""
        now = timezone.localtime()
        try:
            if now.hour >= MORNING and now.date() != self._reminded:
                deadlines.remind(now.date())
                self._reminded = now.date()
            self._say(outbox.deliver())
        except Error as error:
            _log.warning("The database did not answer: %s", error)

    def _say(self, delivery: outbox.Delivery) -> None:
        if delivery.sent or delivery.failed:
            self.stdout.write(f"{delivery.sent} sent, {delivery.failed} could not be sent.")
        if delivery.server_is_down:
            self.stderr.write("The mail server does not answer. The mails wait; the next run tries again.")
