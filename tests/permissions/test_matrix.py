"""Every address x every person x every method, against the table in matrix.py."""

from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.permissions import world as worlds
from tests.permissions.matrix import (
    ACCOUNTS,
    ADMINS,
    DESK,
    MODELS,
    NOBODY,
    PUBLIC,
    REPORTERS,
    REVIEW,
    STEPS,
    Row,
    step,
    step_data,
)
from tests.permissions.world import ACTORS, World

pytestmark = pytest.mark.django_db

ODD_METHODS = cycle(("HEAD", "PUT", "PATCH", "DELETE", "TRACE"))  # one of them at each address
STOCK = ("add", "change", "changelist", "delete", "export", "history", "import", "process_import", "simple_history")
FORM = "application/x-www-form-urlencoded"
# Tried by themselves, below. The last two have no name: the admin's old addresses of a row, and all that it lacks.
DETOURS = {
    "admin:view_on_site",
    "admin:app_list",
    "admin:autocomplete",
    "admin:<path:object_id>/",
    "admin:(?P<url>.*)$",
}


def every_name(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_name(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            yield ":".join([*spaces, entry.name or str(entry.pattern)])


def _row(world: Any, model: Any) -> list[Any]:
    return [world.one(model).pk]


def _row_and_version(world: Any, model: Any) -> list[Any]:
    return [world.one(model).pk, world.one(model).history.first().history_id]


def stock_rows() -> dict[str, Row]:
    """A row for each stock page of each model, from what MODELS says of it."""
    rows = {}
    for model, may in MODELS.items():
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        this, version = partial(_row, model=model), partial(_row_and_version, model=model)
        rows |= {
            f"{label}_changelist": Row(may.view, may.view),
            f"{label}_add": Row(may.add, may.add),
            f"{label}_change": Row(may.view, may.change, this),
            f"{label}_delete": Row(NOBODY, NOBODY, this),
            f"{label}_history": Row(may.view, args=this),
            f"{label}_export": Row(may.view, may.view),
            f"{label}_import": Row(may.exchange or NOBODY, may.exchange or NOBODY),
            f"{label}_process_import": Row("", may.exchange or NOBODY),
            f"{label}_simple_history": Row(may.view, args=version),
        }
    existing = set(every_name())
    return {name: row for name, row in rows.items() if name in existing}


ROWS = {**stock_rows(), **PUBLIC, **ACCOUNTS, **REPORTERS, **REVIEW}
TRIED = [
    *((name, name, row) for name, row in ROWS.items()),
    *(
        (
            f"step {name}",
            "admin:reporting_submission_step",
            Row("", cells, step(name), step_data),
        )
        for name, cells in STEPS.items()
    ),
]


def test_every_address_has_a_row_and_every_row_an_address():
    listed = {name for _, name, _ in TRIED} | DETOURS
    assert sorted(set(every_name()) ^ listed) == []


@pytest.fixture
def world(db: None) -> World:
    return worlds.made()


def test_the_matrix_is_not_small():
    assert len(TRIED) * len(ACTORS) * 3 >= 2_500


@pytest.mark.parametrize("actor", ACTORS)
def test_each_person_may_do_what_the_matrix_says_and_nothing_else(actor, world):
    client, wrong = world.client(actor), []
    signed_in = client.cookies
    for title, name, row in TRIED:
        path = reverse(name, args=row.args(world))
        for method in ("GET", "POST", next(ODD_METHODS)):
            client.cookies = deepcopy(signed_in)
            with transaction.atomic():
                answer = client.generic(method, path, urlencode(row.data(world)), FORM)
                transaction.set_rollback(True)
            said = told(answer)
            if said not in wanted(row, method, actor):
                wrong.append(f"{title}: {method} answered {said}, not {wanted(row, method, actor)}")
    assert not wrong, "\n".join(wrong)


def told(answer) -> str:
    """`L` for the way to the sign-in page, `ok` for what answers, else the status."""
    if answer.status_code == 302 and "/login/?next=" in answer.headers["Location"]:
        return "L"
    return str(answer.status_code) if answer.status_code in (403, 404, 405) or answer.status_code >= 500 else "ok"


def wanted(row: Row, method: str, actor: str) -> tuple[str, ...]:
    cells = {"GET": row.get, "HEAD": row.get, "POST": row.post}.get(method, "")
    if cells:
        return (cells.split()[ACTORS.index(actor)],)
    if method == "HEAD" and row.post:
        return ("405", "L", "403", "404")
    return ("405", *refusals(row, actor))


def refusals(row: Row, actor: str) -> tuple[str, ...]:
    """Whoever may not come in at all may hear that first, whatever the method."""
    cell = (row.get or row.post).split()[ACTORS.index(actor)]
    return () if cell == "ok" else (cell,)


DETOURS_TRIED = {
    "/admin/hisps/": DESK,
    "/admin/reporting/": DESK,
    "/admin/auth/": ADMINS.replace("403  403  ok", "404  404  ok"),
    "/admin/autocomplete/?app_label=hisps&model_name=membership&field_name=user": ADMINS,
    "/admin/autocomplete/?app_label=hisps&model_name=touchpoint&field_name=service": DESK,
    "/admin/r/1/1/": "L 403 403 404 404 404 404 L",
    "/admin/no/such/page/": "L 403 403 404 404 404 404 L",
    "/admin/hisps/hisp/1/": DESK,
}


def test_the_detours_of_the_admin_open_to_the_same_people(world):
    clients = [world.client(actor) for actor in ACTORS]
    found = {path: [told(client.get(path)) for client in clients] for path in DETOURS_TRIED}
    assert found == {path: cells.split() for path, cells in DETOURS_TRIED.items()}
