"""Which tests run on PostgreSQL, too: those that can reach a database, as tests/conftest.py finds them."""

import pytest
from django.db import connection

from tests.conftest import reaches_the_database


def test_what_names_no_database_can_reach_none() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_what_is_left_out_on_postgresql_names_no_database(request: pytest.FixtureRequest) -> None:
    assert not reaches_the_database(request.node)


def test_what_asks_for_a_database_is_kept(request: pytest.FixtureRequest, db: None) -> None:
    assert reaches_the_database(request.node)


@pytest.mark.django_db
def test_what_is_marked_for_a_database_is_kept(request: pytest.FixtureRequest) -> None:
    assert reaches_the_database(request.node)
