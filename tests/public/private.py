"""A world in which every field that is not public holds a canary: a word or a number that stands nowhere else.

What is public is listed here field by field. Whatever is not listed, also a field that is added later, gets a canary,
so that it fails a test when a page shows it.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import connection, models
from django.utils import timezone

from reporting import triggers
from reporting.contents import Index, Metric, Survey
from reporting.models import Comment, Submission, SupportingDocument
from reporting.workbook.cells import Cell, Problem
from tests import factories, people
from tests.permissions import world as worlds

State = Submission.State
# A word such as Qzx10042 and a number such as 981004267, also as 981,004,267.
CANARY = re.compile(
    r"qzx[0-9]\d{4}|(?<![\w.])98[0-9][,. \u00a0\u202f]?\d{3}[,. \u00a0\u202f]?\d67(?![\w])", re.IGNORECASE
)
PUBLIC: dict[str, set[str]] = {
    "Department": {"name", "abbreviation", "slug"},
    "Hisp": {"slug", "name", "abbreviation", "mission"},
    "Service": {"name", "slug"},
    "Expectation": {"not_reporting_reason"},
}
# Of a submission that is or was public, and of what belongs to it.
PUBLIC_WHEN_PUBLISHED: dict[str, set[str]] = {
    "Submission": {"reflection", "public_note", "indicator_override", "indicator_reason"},
    "Upload": {"name", "sha256"},
    "TouchpointReport": {
        "service_provided",
        "transaction_point",
        "customers",
        "offered",
        "respondents",
        "volume_notes",
        "control_number",
        "collection_url",
        "conversion",
        "publishable_reason",
        "metrics_text",
        "unanswered",
    },
    "DomainResult": {"wording", "n1", "n2", "n3", "n4", "n5", "notes"},
    "OperationalMetric": {"name", "value", "unit", "footnote"},
    "IndexScore": {"name", "covers", "value", "scale_maximum", "threshold", "threshold_label", "footnote"},
    "Finding": {"label", "found", "explanation"},
    "SupportingDocument": {"title", "url"},
}
_HIDDEN_ANSWERS = {"n1", "n2", "n3", "n4", "n5", "notes"}  # where the clearance forbids to publish them
# What holds the world together: numbers of rows, names of states and rules, and what is computed from public figures.
STRUCTURE = {
    "Submission": {"lock_version", "indicator_override"},
    "Finding": {"rule", "severity"},
    "Publication": {"number"},
    "DomainResult": {"published_score"},
    "IndexScore": {"scale_maximum"},
    "TouchpointReport": {"omb_rating"},
}
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.BigIntegerField, models.DecimalField)
_WHOLE = (models.PositiveIntegerField, models.PositiveBigIntegerField)
_LEFT_OUT = ("QuarterTotal", "Group", "Permission")  # made of published figures; the names of roles


@dataclass
class Birds:
    """Canaries of one flock (0 to 9). Numbers fall, so that who answered are fewer than who were asked."""

    flock: int
    count: int = 0
    told: set[str] = field(default_factory=set)  # model and field that hold one

    def word(self) -> str:
        self.count += 1
        return f"Qzx{self.flock}{self.count:04d}"

    def number(self) -> int:
        self.count += 1
        return int(f"98{self.flock}{9999 - self.count:04d}67")

    def survey(self, service: str, **fields: Any) -> Survey:
        """Nothing of which is public."""
        words = {name: self.word() for name in ("transaction_point", "metrics_text", "publishable_reason")}
        volumes = {name: self.number() for name in ("customers", "offered", "respondents")}
        return factories.survey(service, self.word(), fields={**words, **fields}, **volumes, **self.answers())

    def withheld(self, service: str, **fields: Any) -> Survey:
        """Of which the answers are not public."""
        return factories.survey(service, fields=fields, **self.answers())

    def answers(self) -> dict[str, Any]:
        return {slug: tuple(self.number() for _ in range(5)) for slug in ("satisfaction", "trust")}


def made(flock: int) -> Birds:
    """The world, with one flock in all of its private places."""
    birds = Birds(flock)
    worlds.made()
    _published(birds)
    _not_published(birds)
    editor = SimpleNamespace(connection=connection)
    triggers.remove(apps, editor)
    for model in apps.get_models():
        if model._meta.app_label in ("reporting", "hisps", "auth", "admin") and model.__name__ not in _LEFT_OUT:
            for row in model._default_manager.all():
                _plant(row, birds)
    triggers.install(apps, editor)
    return birds


def _published(birds: Birds) -> None:
    """What is public, beside what is private in it."""
    open_survey = factories.survey(trust=(1, 2, 3, 4, 5), no_data={"ease": "not_asked"})
    withheld = birds.withheld("Other care", publishable=False)
    figures = {
        "metrics": [Metric("Calls", 48, "calls", "", "Without one center.")],
        "indexes": [Index("Index", 83, 100, 80, "excellent", "", "Eight services", "A note.")],
        "problems": [_finding("answers_exceed_respondents", open_survey), _finding("no_trust_answers", open_survey)],
        "explanation": "They answered twice.",
    }
    for quarter in ("2021-q1", "2021-q2"):
        factories.published_submission("dos-ca", quarter, surveys=[open_survey, withheld], **figures)
    factories.published_submission("treas-irs", "2021-q2", indicator_override="yellow", indicator_reason="So it is.")
    SupportingDocument.objects.create(
        title="Plan", hisp=factories.hisp("dos-ca"), quarter=factories.quarter("2021-q2"), url="https://example.gov/p"
    )
    # Answers that were public, until a correction said that they may not be.
    factories.submission("hhs-cms", "2021-q2", state=State.SUPERSEDED, surveys=[birds.withheld("Later withheld")])
    factories.published_submission(
        "hhs-cms",
        "2021-q2",
        revision=2,
        revision_note="-",
        surveys=[birds.withheld("Later withheld", publishable=False)],
    )
    factories.submission("opm-rs", "2021-q2", state=State.WITHDRAWN, surveys=[birds.survey("Withdrawn")])
    factories.submission("opm-rs", "2021-q1", state=State.WITHDRAWN, surveys=[birds.survey("Withdrawn")])


def _finding(rule: str, about: Survey) -> Problem:
    return Problem(rule, "explain", f"Found by {rule}.", "Expected.", "Fix.", Cell("Responses", 4, "F"), about.label)


def _not_published(birds: Birds) -> None:
    for number, state in enumerate(["draft", "submitted", "returned", "approved"]):
        figures = {
            "metrics": [Metric(birds.word(), birds.number(), birds.word(), "", birds.word())],
            "indexes": [Index(birds.word(), birds.number(), 10**9, 1, birds.word(), "", birds.word(), birds.word())],
            "file_name": f"{birds.word()}.xlsx",
        }
        for slug in (f"gsa-{number}", "sba-fo"):  # one that has nothing public, and one with a quarter of each state
            quarter = "2021-q3" if slug != "sba-fo" else f"2020-q{number + 1}"
            one = birds.survey(f"Service of {slug}")
            factories.submission(slug, quarter, state=state, surveys=[one], **figures)
            factories.expectation(slug, quarter, extension_reason="-", extended_to=timezone.now() + timedelta(days=9))
    factories.published_submission(
        "sba-fo", "2021-q2", surveys=[factories.survey("Service of sba-fo", trust=(1,) * 5)]
    )
    # A correction on its way, beside what is published.
    correction = [birds.survey("Service of sba-fo")]
    factories.submission("sba-fo", "2021-q2", state="submitted", revision=2, revision_note="-", surveys=correction)
    factories.expectation("ssa-oo", "2021-q3", not_reporting=True, not_reporting_reason="It has no survey.")
    reviewer = people.reviewer()
    Comment.objects.create(submission=Submission.objects.published().first(), text="-", by=reviewer)
    LogEntry.objects.create(user=reviewer, object_repr="-", action_flag=ADDITION, change_message="-")
    SupportingDocument.objects.create(
        title="-", hisp=factories.hisp("gsa-1"), quarter=factories.quarter("2021-q3"), url="https://example.gov/-"
    )


def _plant(row: models.Model, birds: Birds) -> None:
    values = {}
    for each in row._meta.concrete_fields:
        if _can_hold(each, row) and not _is_public(row, each.name):
            values[each.name] = _canary(each, getattr(row, each.name), birds)
            birds.told.add(f"{type(row).__name__}.{each.name}")
    if values:
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def _can_hold(each: models.Field, row: models.Model) -> bool:
    if each.primary_key or each.choices or each.is_relation or each.name in STRUCTURE.get(type(row).__name__, ()):
        return False
    if isinstance(each, (models.SmallIntegerField, models.PositiveSmallIntegerField)):
        return False
    if isinstance(each, models.CharField) and (each.max_length or 9) < 9:
        return False
    return isinstance(each, (*_TEXTS, *_WHOLE))


def _is_public(row: models.Model, name: str) -> bool:
    kind = type(row).__name__
    if name in PUBLIC.get(kind, ()):
        return True
    return name in PUBLIC_WHEN_PUBLISHED.get(kind, ()) and _is_shown(row, name)


def _is_shown(row: models.Model, name: str) -> bool:
    if isinstance(row, SupportingDocument):
        return Submission.objects.published().filter(hisp=row.hisp, quarter=row.quarter).exists()
    of = row.report.submission if hasattr(row, "report_id") else getattr(row, "submission", row)
    if type(row).__name__ == "Upload":
        of = row.submissions.filter(state__in=Submission.ONCE_PUBLIC_STATES).first()
        return of is not None
    if type(row).__name__ == "Finding" and row.rule == "no_trust_answers":
        return False
    if hasattr(row, "report_id") and name in _HIDDEN_ANSWERS and not _may_be_shown(row.report):
        return False
    return of.state in Submission.ONCE_PUBLIC_STATES or (of.state == State.WITHDRAWN and name == "public_note")


def _may_be_shown(report: Any) -> bool:
    of = report.submission
    later = Submission.objects.filter(hisp=of.hisp, quarter=of.quarter, revision__gt=of.revision)
    withheld = later.filter(state__in=Submission.ONCE_PUBLIC_STATES, reports__publishable=False)
    return report.publishable and not withheld.exists()


def _canary(each: models.Field, now: Any, birds: Birds) -> Any:
    if isinstance(each, (models.BigIntegerField, models.DecimalField, *_WHOLE)):
        return birds.number()
    if isinstance(each, models.JSONField):
        return _within(now, birds) if now else now
    if isinstance(each, models.EmailField):
        return f"{birds.word()}@va.example"
    return f"https://example.gov/{birds.word()}" if isinstance(each, models.URLField) else birds.word()


def _within(value: Any, birds: Birds) -> Any:
    """The same shape, with a canary for every text in it."""
    if isinstance(value, dict):
        return {key: _within(each, birds) for key, each in value.items()}
    if isinstance(value, list):
        return [_within(each, birds) for each in value]
    return birds.word() if isinstance(value, str) else value
