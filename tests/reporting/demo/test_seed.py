import re
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone

from hisps.models import Hisp
from reporting.demo.people import PASSWORD, PEOPLE
from reporting.fiscal import FiscalQuarter
from reporting.history.load import load
from reporting.models import Event, Quarter, Submission
from tests.reporting.history.files import collections, row

pytestmark = pytest.mark.django_db


def seeded() -> str:
    settings.DEBUG, former = True, settings.DEBUG
    told = StringIO()
    try:
        call_command("seed_demo", stdout=told)
    finally:
        settings.DEBUG = former
    return told.getvalue()


def row_counts() -> dict[str, int]:
    models: list[type[Model]] = [
        m for app in ("hisps", "reporting", "auth") for m in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: model._default_manager.count() for model in models}


def test_demonstration_is_refused_outside_debug():
    with pytest.raises(CommandError, match="unless DEBUG=true"):
        call_command("seed_demo")
    assert not Hisp.objects.exists()


def test_demonstration_has_figures_work_and_people():
    told = seeded()
    assert Submission.objects.published().count() == 123
    assert Quarter.objects.open().get().fiscal == FiscalQuarter.containing(timezone.localdate()).previous
    in_work = Submission.objects.exclude(state="published").values_list("hisp__slug", "state")
    assert dict(in_work) == {"dhs-uscis": "submitted", "ed-fsa": "returned", "gsa-pep": "approved"}
    for person in PEOPLE:
        assert authenticate(username=person.username, password=PASSWORD) is not None
        assert person.username in told
    assert PASSWORD in told
    notes = " ".join(Event.objects.filter(transition="import_history").values_list("note", flat=True))
    assert ", line 2 " in notes or ", lines 2 to " in notes
    assert not re.search(r"lines (\d+) to \1 ", notes)


def test_demonstration_again_changes_nothing():
    seeded()
    before = row_counts()
    seeded()
    assert row_counts() == before


def test_demonstration_leaves_imported_history_alone():
    call_command("load_registry", stdout=StringIO())
    load(
        collections(
            row(
                organization_name="Department of Veterans Affairs",
                service_provider_name="Veterans Health Administration",
            )
        )
    )
    imported = Submission.objects.published().get()
    seeded()
    imported.refresh_from_db()
    assert imported.state == "published"
    assert imported.hisp.submissions.for_quarter(imported.quarter.fiscal).count() == 1
