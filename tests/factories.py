"""Rows to test with, written as the product writes them: a draft first, then the state it is asked for.

Figures are given as `reporting.contents` values, for instance
`published_submission("va-vha", "2021-q2", surveys=[survey(satisfaction=(1, 2, 3, 4, 5))])`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.utils.text import slugify

from hisps.models import Department, Designation, Hisp, Service
from reporting import drafts, publications, sums
from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.fiscal import FiscalQuarter
from reporting.models import Expectation, Publication, Quarter, Submission, Upload
from reporting.scoring import Tally
from reporting.workbook.cells import Problem

Counts = tuple[int, int, int, int, int]


def survey(
    service: str = "Outpatient care",
    provided: str = "Outpatient survey",
    *,
    customers: int | None = 10_000,
    offered: int | None = 2_000,
    respondents: int | None = 1_000,
    wordings: dict[str, str] | None = None,
    no_data: dict[str, str] | None = None,
    fields: dict[str, Any] | None = None,
    **counts: Counts,
) -> Survey:
    """A survey; `satisfaction=(1, 2, 3, 4, 5)` gives the answers to a question, `no_data={"trust": "not_asked"}` why
    another has none, `fields` anything else that a Survey has."""
    wordings = wordings or {}
    answered = [Question(slug, wordings.get(slug, f"About {slug}"), Tally(*five)) for slug, five in counts.items()]
    silent = [Question(slug, wordings.get(slug, ""), no_data=why) for slug, why in (no_data or {}).items()]
    return Survey(
        service,
        provided,
        customers=customers,
        offered=offered,
        respondents=respondents,
        questions=(*answered, *silent),
        **{"channel": "email", **(fields or {})},
    )


def hisp(slug: str = "va-vha", name: str = "", department: str = "", **fields: Any) -> Hisp:
    """The HISP of that slug; its department is named for the slug's first part unless told."""
    short = slug.split("-")[0]
    owner, _ = Department.objects.get_or_create(
        slug=short, defaults={"name": department or f"Department {short.upper()}", "abbreviation": short.upper()}
    )
    found, _ = Hisp.objects.get_or_create(
        slug=slug, defaults={"name": name or f"Provider {slug}", "department": owner, **fields}
    )
    return found


def designation(of: Hisp | str, first_day: date = date(2018, 10, 1), last_day: date | None = None) -> Designation:
    owner = hisp(of) if isinstance(of, str) else of
    return Designation.objects.create(hisp=owner, department=owner.department, first_day=first_day, last_day=last_day)


def quarter(slug: str = "2021-q2", **fields: Any) -> Quarter:
    fiscal = FiscalQuarter.parse(slug)
    found, _ = Quarter.objects.get_or_create(
        fiscal_year=fiscal.fiscal_year, number=fiscal.number, defaults={"due_at": fiscal.due_at, **fields}
    )
    return found


def expectation(of: Hisp | str, when: Quarter | str, **fields: Any) -> Expectation:
    return Expectation.objects.create(
        hisp=hisp(of) if isinstance(of, str) else of,
        quarter=quarter(when) if isinstance(when, str) else when,
        **fields,
    )


def upload(of: Hisp, when: Quarter, **fields: Any) -> Upload:
    name = fields.pop("name", f"{of.slug}-{when.slug}.xlsx")
    defaults = {
        "file": f"tests/{name}",
        "sha256": sha256(name.encode()).hexdigest(),
        "size": 1,
        "outcome": Upload.Outcome.ACCEPTED,
    }
    return Upload.objects.create(hisp=of, quarter=when, name=name, **{**defaults, **fields})


def submission(
    of: Hisp | str = "va-vha",
    when: Quarter | str = "2021-q2",
    *,
    state: str = Submission.State.PUBLISHED,
    surveys: Iterable[Survey] = (),
    metrics: Iterable[Metric] = (),
    indexes: Iterable[Index] = (),
    at: datetime | None = None,
    problems: Iterable[Problem] = (),
    explanation: str = "",
    **fields: Any,
) -> Submission:
    """A submission in any state, submitted `at` that moment (a day before it was due unless told). `problems`: what
    the checks found in it, with this explanation."""
    owner = hisp(of) if isinstance(of, str) else of
    period = quarter(when) if isinstance(when, str) else when
    made_from = fields.pop("upload", None) or upload(owner, period, name=fields.pop("file_name", f"{owner.slug}.xlsx"))
    draft = Submission.objects.create(hisp=owner, quarter=period, upload=made_from, **fields)
    write(draft, Contents(surveys=tuple(surveys), metrics=tuple(metrics), indexes=tuple(indexes)), problems)
    draft.findings.update(explanation=explanation)
    stamps = _stamps(state, at or period.due_at - timedelta(days=1))
    if state == Submission.State.WITHDRAWN and not draft.public_note:
        stamps["public_note"] = "The figures were counted twice."
    if "published_at" in stamps:
        stamps["publication"] = publication(period)
    if "ended_at" in stamps:
        stamps["ended_in"] = stamps["publication"]
    Submission.objects.filter(pk=draft.pk).update(state=state, **stamps)
    if state in Submission.FROZEN_STATES:
        sums.renew(period, {owner.pk})
    return Submission.objects.get(pk=draft.pk)


def publication(when: Quarter) -> Publication:
    """The one in which everything of a quarter was published, unless told."""
    found = Publication.objects.filter(quarter=when).first()
    return found or publications.begin(Publication.Kind.PUBLISH, when)


def published_submission(of: Hisp | str = "va-vha", when: Quarter | str = "2021-q2", **fields: Any) -> Submission:
    return submission(of, when, state=Submission.State.PUBLISHED, **fields)


def write(draft: Submission, contents: Contents, problems: Iterable[Problem] = ()) -> None:
    """Saves figures into a draft as intake does; the words that the draft already has stay."""
    for figure in (*contents.surveys, *contents.metrics, *contents.indexes):
        if figure.service:
            _service(draft.hisp, figure.service)
    words = {field: getattr(draft, field) for field in ("contact_name", "contact_email", "reflection", "comment")}
    drafts.save(draft, replace(contents, **words), tuple(problems))


def _service(owner: Hisp, name: str) -> Service:
    found, _ = Service.objects.get_or_create(
        hisp=owner, name=name, defaults={"slug": f"{owner.slug}-{slugify(name)}"[:120]}
    )
    return found


def _stamps(state: str, at: datetime) -> dict[str, Any]:
    """The moments that the constraints want for a state."""
    stamps: dict[str, Any] = {}
    if state != Submission.State.DRAFT:
        stamps["submitted_at"] = at
    if state not in (Submission.State.DRAFT, Submission.State.SUBMITTED):
        stamps["reviewed_at"] = at + timedelta(days=1)
    if state in Submission.FROZEN_STATES:
        stamps["published_at"] = at + timedelta(days=2)
    if state in (Submission.State.SUPERSEDED, Submission.State.WITHDRAWN):
        stamps["ended_at"] = at + timedelta(days=3)
    return stamps
