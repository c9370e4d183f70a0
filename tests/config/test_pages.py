"""Pages that are kept in front of Django: who gets them, what they say, and when they go."""

import gzip
from contextlib import contextmanager
from io import BytesIO, StringIO

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from config import pages
from reporting import review
from reporting.models import Submission
from tests import factories, people
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


@contextmanager
def _connection_of_the_test():
    """Requests leave the connection as it is, and so the test's transaction; Django's test client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Worker:
    """A worker's application, with a count of what Django was asked."""

    def __init__(self):
        self.django, self.asked = get_wsgi_application(), 0
        self.application = pages.kept(self._count)

    def _count(self, environ, start):
        self.asked += 1
        return self.django(environ, start)

    def get(self, address="/", method="GET", **headers):
        """Status, headers by lower-case name, body."""
        path, _, query = address.partition("?")
        told = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": StringIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        with _connection_of_the_test():
            found = self.application(environ, lambda *said: told.append(said))
            body = b"".join(found)
            if hasattr(found, "close"):
                found.close()
        status, named = told[0][:2]
        return int(status[:3]), {name.lower(): value for name, value in named}, body


@pytest.fixture(autouse=True)
def vha(monkeypatch):
    monkeypatch.setattr(pages, "CHECK_SECONDS", 0)
    return published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])


@pytest.fixture
def worker():
    return Worker()


def test_second_visitor_gets_the_kept_page_and_the_same_bytes(worker):
    first, second = worker.get(), worker.get()
    assert first == second
    assert (first[0], worker.asked) == (200, 1)
    assert b"Provider va-vha" in first[2]


def test_kept_page_has_every_header_of_django_but_the_request_id(worker, client):
    theirs = {name.lower(): value for name, value in client.get("/").headers.items()}
    del theirs["x-request-id"]
    del theirs["content-length"]
    headers = worker.get()[1]
    assert headers.pop("content-length") == str(len(worker.get()[2]))
    for each in (headers, theirs):
        each["vary"] = {part.strip() for part in each["vary"].split(",")}
    assert headers == theirs
    assert {"content-security-policy", "x-frame-options", "etag", "last-modified"} <= set(headers)
    assert headers["vary"] == {"Accept-Encoding", "Cookie"}


def test_page_is_compressed_for_who_takes_that(worker):
    plain = worker.get()[2]
    status, headers, body = worker.get(accept_encoding="br, gzip")
    assert (status, headers["content-encoding"], headers["content-length"]) == (200, "gzip", str(len(body)))
    assert gzip.decompress(body) == plain
    assert worker.get(accept_encoding="gzip;q=0")[2] == plain


def test_head_says_the_same_without_the_page(worker):
    _, headers, _ = worker.get()
    assert worker.get(method="HEAD") == (200, headers, b"")


@pytest.mark.parametrize("is_kept", [False, True])
def test_who_has_the_page_is_told_so(worker, is_kept):
    headers = worker.get()[1]
    asked = worker if is_kept else Worker()
    status, again, body = asked.get(if_none_match=f'"other", {headers["etag"]}')
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert asked.get(if_modified_since=headers["last-modified"])[0] == 304
    assert asked.get(if_none_match='"other"', if_modified_since=headers["last-modified"])[0] == 200


def test_304_costs_one_question_and_no_score(client, django_assert_num_queries):
    tag = client.get("/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("condition", ["*", "tag of another page"])
def test_no_condition_makes_a_page_of_what_is_not_there(worker, condition):
    tag = condition if condition == "*" else worker.get()[1]["etag"]
    assert worker.get("/hisps/nobody/", if_none_match=tag)[0] == 404


def test_publication_shows_on_every_worker(worker):
    workers = [worker, Worker()]
    before = [each.get() for each in workers]
    approved = factories.submission(
        "ssa-oo", "2021-q2", state=Submission.State.APPROVED, surveys=[survey(trust=(9, 9, 9, 9, 9))]
    )
    review.publish(approved, by=people.administrator())
    for each, (_, former, _) in zip(workers, before, strict=True):
        status, headers, body = each.get(if_none_match=former["etag"])
        assert status == 200
        assert b"Provider ssa-oo" in body
        assert headers["etag"] != former["etag"]


def test_withdrawn_figures_are_gone_at_once(worker, vha):
    assert worker.get("/hisps/va-vha/2021-q2/")[0] == 200
    review.withdraw(vha, by=people.administrator(), reason="Counted twice.")
    assert b"Counted twice." in worker.get("/hisps/va-vha/2021-q2/")[2]


def test_the_stamp_is_read_again_only_after_a_while(worker, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(pages, "CHECK_SECONDS", 3600)
    worker.get()
    worker.get()
    with django_assert_num_queries(0):
        worker.get()


def test_who_is_signed_in_gets_a_page_of_her_own(worker, client):
    client.force_login(people.reporter(factories.hisp("va-vha")))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    worker.get()
    status, headers, body = worker.get(cookie=cookie)
    assert (status, b"Sign out" in body, "etag" in headers) == (200, True, False)
    assert headers["cache-control"].startswith("private")
    assert b"Sign out" not in worker.get()[2]


@pytest.mark.parametrize(
    "address", ["/?x=1", "/?method=pooled&x=1", "/?method=best", "/hisps/nobody/", "/data/scores.csv"]
)
def test_nothing_else_is_kept(worker, address):
    for _ in range(2):
        worker.get(address)
    assert worker.asked == 2


@pytest.mark.parametrize("address", ["/?method=mean-of-hisps", "/quarters/2021-q2/", "/data/dictionary/"])
def test_kept_are_pages_and_their_methods(worker, address):
    for _ in range(2):
        assert worker.get(address)[0] == 200
    assert worker.asked == 1


def test_methods_and_hosts_are_kept_apart(worker, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other"]
    pooled, means = worker.get(), worker.get("/?method=mean-of-hisps")
    assert pooled[2] != means[2]
    worker.get(host="other")
    assert worker.asked == 3
    assert worker.get(host="nowhere")[0] == 400


def test_posts_go_to_the_application(worker):
    worker.get()
    assert worker.get(method="POST")[0] == 405


def test_no_room_keeps_nothing(settings):
    settings.PAGE_CACHE_BYTES = 0
    worker = Worker()
    for _ in range(2):
        assert worker.get()[0] == 200
    assert worker.asked == 2


def page(size):
    headers = [("ETag", 'W/"1"'), ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")]
    return pages.made(headers, bytes(size))


def test_the_page_that_nobody_asked_for_goes_first():
    kept = pages.Pages(3 * page(10_000).size)
    for name in "abc":
        kept.keep((name, "/", "", False), page(10_000), kept.stamp)
    kept._look_at = float("inf")
    kept.get(("a", "/", "", False))
    kept.keep(("d", "/", "", False), page(10_000), kept.stamp)
    assert [name for name in "abcd" if kept.get((name, "/", "", False))] == ["a", "c", "d"]
    assert kept.size == kept.most


def test_a_page_larger_than_the_room_is_not_kept():
    kept = pages.Pages(5_000)
    kept.keep(("a", "/", "", False), page(10_000), kept.stamp)
    assert kept.size == 0
