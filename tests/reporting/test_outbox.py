"""What was promised is sent, once, whatever becomes of the process, the act or the mail server."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command, load_command_class
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from reporting import outbox
from reporting.models import Mail
from reporting.models.mail import MOST_ATTEMPTS
from tests import factories, people

pytestmark = pytest.mark.django_db


class Down(EmailBackend):
    """A mail server that answers nobody."""

    def open(self):
        raise ConnectionRefusedError("Connection refused")

    def send_messages(self, messages):
        self.open()


class RefusesOne(EmailBackend):
    """A mail server that will not take mails to one address."""

    def send_messages(self, messages):
        if messages[0].to == ["gone@example.gov"]:
            raise ValueError("550 No such mailbox")
        return super().send_messages(messages)


def promise(number=1, **fields):
    letter = {"to": f"rosa{number}@example.gov", "subject": "Figures are due", "body": "Please send them.\n"}
    outbox.enqueue("due", key=f"due-3:{number}", **{**letter, **fields})
    return Mail.objects.get(key=f"due-3:{number}")


def backend(settings, kind):
    settings.EMAIL_BACKEND = f"{kind.__module__}.{kind.__qualname__}"


def wait(mail_, **time):
    Mail.objects.filter(pk=mail_.pk).update(not_before=timezone.now() - timedelta(seconds=1))


def test_a_promised_mail_is_sent_by_the_next_run():
    promised = promise()
    assert mail.outbox == []
    call_command("send_mail")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["rosa1@example.gov"], "Figures are due", "Please send them.\n")
    promised.refresh_from_db()
    assert promised.sent_at is not None


def test_a_mail_of_one_key_goes_once():
    promise()
    promise(subject="Again")
    outbox.deliver()
    promise()
    assert outbox.deliver() == outbox.Delivery()
    assert [sent.subject for sent in mail.outbox] == ["Figures are due"]


def test_an_act_that_rolls_back_promises_nothing():
    with transaction.atomic():
        promise()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_server_that_is_down_costs_one_mail_one_attempt_and_loses_none(settings):
    first, other = promise(1), promise(2)
    own = settings.EMAIL_BACKEND
    backend(settings, Down)
    assert outbox.deliver() == outbox.Delivery(sent=0, failed=1, server_is_down=True)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.attempts, other.attempts) == (1, 0)
    assert "Connection refused" in first.last_error
    settings.EMAIL_BACKEND = own
    outbox.deliver()
    assert [sent.to for sent in mail.outbox] == [["rosa2@example.gov"]]  # the first one pauses
    wait(first)
    outbox.deliver()
    first.refresh_from_db()
    assert (len(mail.outbox), first.last_error) == (2, "")


def test_a_port_where_nobody_listens_is_a_server_that_is_down(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    promised = promise()
    assert outbox.deliver().server_is_down
    promised.refresh_from_db()
    assert "refused" in promised.last_error
    assert promised.sent_at is None


def test_one_address_that_is_refused_does_not_hold_up_the_others(settings):
    backend(settings, RefusesOne)
    refused = promise(1, to="gone@example.gov")
    promise(2)
    assert outbox.deliver() == outbox.Delivery(sent=1, failed=1)
    refused.refresh_from_db()
    assert refused.last_error == "ValueError: 550 No such mailbox"


def test_pauses_grow_until_a_mail_is_given_up_and_try_again_begins_anew(settings):
    backend(settings, RefusesOne)
    refused = promise(1, to="gone@example.gov")
    pauses = []
    for _ in range(MOST_ATTEMPTS + 3):
        wait(refused)
        outbox.deliver()
        refused.refresh_from_db()
        pauses.append(refused.not_before - timezone.now())
    assert refused.is_given_up
    assert refused.attempts == MOST_ATTEMPTS
    assert all(one < other for one, other in pairwise(pauses[:7]))
    assert max(pauses) <= outbox.LONGEST_PAUSE
    backend(settings, EmailBackend)
    outbox.try_again(refused)
    assert outbox.deliver().sent == 1


def test_a_mail_is_not_sent_before_its_time():
    promise(not_before=timezone.now() + timedelta(hours=1))
    assert outbox.deliver() == outbox.Delivery()


@pytest.mark.parametrize("address", ["", "rosa", "rosa@example.gov\nBcc: eve@example.com", "a@b.gov, c@d.gov"])
def test_what_is_no_address_is_given_up_at_once_and_says_so(address):
    promised = promise(to=address)
    outbox.deliver()
    promised.refresh_from_db()
    assert mail.outbox == []
    assert promised.is_given_up
    assert "e-mail address" in promised.last_error


def test_try_again_uses_the_address_that_the_person_has_now():
    person = people.person(email="rosa@example.gov")
    promised = promise(to="", person=person)
    outbox.deliver()
    outbox.try_again(Mail.objects.get(pk=promised.pk))
    outbox.deliver()
    assert mail.outbox[0].to == ["rosa@example.gov"]


def test_a_name_with_line_breaks_makes_no_header():
    promise(subject="Figures of Eve\r\nBcc: all@example.gov\x00\u2028X-Evil: yes are due")
    outbox.deliver()
    (sent,) = mail.outbox
    headers = sent.message()
    assert headers["Bcc"] is None
    assert headers["X-Evil"] is None
    assert sent.subject == "Figures of Eve Bcc: all@example.gov X-Evil: yes are due"


def test_a_mail_says_that_a_machine_sent_it_and_where_answers_go(settings):
    settings.CONTACT_EMAIL, settings.SITE_URL = "desk@example.gov", "https://hisp.example.gov"
    promised = promise()
    outbox.deliver()
    headers = mail.outbox[0].message()
    assert headers["Reply-To"] == "desk@example.gov"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<mail-{promised.pk}@hisp.example.gov>"


def test_a_one_time_link_is_not_kept_once_it_was_sent():
    outbox.enqueue("invitation", to="rosa@example.gov", subject="Welcome", body="https://link", key="invitation:1")
    outbox.deliver()
    assert mail.outbox[0].body == "https://link"
    assert Mail.objects.get().body == ""


@pytest.mark.parametrize("kind", outbox.INSTEAD)
def test_a_one_time_link_is_not_kept_once_it_was_given_up(settings, kind):
    backend(settings, RefusesOne)
    outbox.enqueue(kind, to="gone@example.gov", subject="Welcome", body="https://link", key="1")
    outbox.enqueue("approved", to="gone@example.gov", subject="Approved", body="Good.", key="2")
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)
    outbox.deliver()
    link, other = Mail.objects.order_by("key")
    assert (link.is_given_up, link.body) == (other.is_given_up, "") == (True, "")
    assert other.body == "Good."


@pytest.mark.parametrize("kind", outbox.INSTEAD)
def test_a_one_time_link_that_went_to_no_address_is_not_kept(kind):
    outbox.enqueue(kind, to="rosa", subject="Welcome", body="https://link", key="1")
    outbox.deliver()
    assert Mail.objects.get().is_emptied


def test_a_link_that_is_still_tried_is_kept(settings):
    backend(settings, RefusesOne)
    outbox.enqueue("invitation", to="gone@example.gov", subject="Welcome", body="https://link", key="1")
    outbox.deliver()
    assert Mail.objects.get().body == "https://link"


@pytest.mark.django_db(transaction=True)
def test_of_many_senders_at_once_each_mail_is_sent_by_one():
    for number in range(20):
        promise(number)
    start = Barrier(4)

    def run(_):
        start.wait()
        try:
            return outbox.deliver()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        deliveries = list(pool.map(run, range(4)))
    assert sum(delivery.sent for delivery in deliveries) == 20
    assert len({tuple(sent.to) for sent in mail.outbox}) == len(mail.outbox) == 20


def test_a_sender_that_dies_leaves_the_mail_to_the_next_after_a_pause(settings):
    promised = promise()
    outbox._claim(Mail.objects.get())
    assert outbox.deliver() == outbox.Delivery()
    wait(promised)
    assert outbox.deliver().sent == 1


def test_the_loop_sends_each_minute_and_reminds_once_each_morning(time_machine):
    owed = factories.expectation("va-vha", factories.quarter("2021-q3", opened_at=timezone.now()))
    people.reporter(owed.hisp)
    command = load_command_class("reporting", "send_mail")
    seen = []
    for hour in (6, 7, 8):
        time_machine.move_to(f"2021-07-30T{hour:02}:00:00-04:00", tick=False)
        command.turn()
        seen.append(Mail.objects.count())
    assert seen == [0, 1, 1]


def test_the_loop_outlives_a_database_that_is_away(monkeypatch):
    def away(*_, **__):
        raise OperationalError("the database is away")

    command = load_command_class("reporting", "send_mail")
    monkeypatch.setattr(outbox, "deliver", away)
    command.turn()
