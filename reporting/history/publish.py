"""Publishes what was public elsewhere before: figures of the past become published submissions, all or nothing.

This is not `reporting.review`: OMB reviewed and published these figures long ago, so there is nobody to ask. Each
submission gets its stamps, its findings and one event that names the file. Repeating it changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from hisps.models import Hisp
from reporting import drafts, figures, publications, sums
from reporting import events as log
from reporting.contents import Contents
from reporting.fiscal import FiscalQuarter
from reporting.history import compare
from reporting.models import Event, Publication, Quarter, Submission, Upload
from reporting.workbook import rules
from reporting.workbook.cells import EXPLAIN, Problem

State = Submission.State
Place = tuple[int, FiscalQuarter]  # HISP id and quarter
_CHANGED = ("state", "lock_version", "submitted_at", "published_at", "ended_at")  # what the log keeps


class NotImported(Exception):
    """Nothing was saved; `sentences` say every reason."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class File:
    """A file as it was received."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Batch:
    """What a file says about one HISP's quarter. `origin`: where in the file, such as “lines 2, 5”."""

    hisp: Hisp
    quarter: FiscalQuarter
    contents: Contents
    origin: str
    entered_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def place(self) -> Place:
        return self.hisp.pk, self.quarter

    def __str__(self) -> str:
        return f"{self.hisp}, {self.quarter}"


@dataclass
class Outcome:
    """What became of a file's batches."""

    published: list[Batch] = field(default_factory=list)
    restated: list[tuple[Batch, list[str]]] = field(default_factory=list)
    unchanged: list[Batch] = field(default_factory=list)
    flagged: Counter[str] = field(default_factory=Counter)
    scores: int = 0
    score_problems: list[tuple[Batch, Problem]] = field(default_factory=list)


@transaction.atomic
def publish(batches: Sequence[Batch], file: File, *others: File) -> Outcome:
    """Saves the batches of `file`; `others` are kept beside it. Raises NotImported."""
    quarters = {fiscal: _locked(fiscal) for fiscal in sorted({batch.quarter for batch in batches})}
    known = _latest(batches)
    refusals = [sentence for batch in batches if (sentence := _refusal(batch, known.get(batch.place), file))]
    if refusals:
        raise NotImported(refusals)
    batches = [_completed(batch, known.get(batch.place)) for batch in batches]
    outcome = _sorted(batches, known)
    problems = _checked(batches, outcome)
    changed = [*outcome.published, *(batch for batch, _ in outcome.restated)]
    if changed:
        upload, *_ = [_keep(one) for one in (file, *others)]
        _save(changed, quarters, known, problems, upload)
    return outcome


def _latest(batches: Iterable[Batch]) -> dict[Place, Submission]:
    """The newest revision of every place that the batches name; locked, as OMB may act on it at this moment."""
    years = {batch.quarter.fiscal_year for batch in batches}
    hisps = {batch.hisp.pk for batch in batches}
    there = Submission.objects.filter(quarter__fiscal_year__in=years, hisp__in=hisps)
    known = figures.loaded(there.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return {(s.hisp_id, s.quarter.fiscal): s for s in sorted(known, key=lambda s: s.revision)}


def _refusal(batch: Batch, latest: Submission | None, file: File) -> str:
    if latest is None:
        return ""
    if latest.state != State.PUBLISHED:
        return f"{batch}: there is a submission here that is {latest.get_state_display().lower()}; settle it first."
    if latest.upload.kind == Upload.Kind.HISTORY:
        return ""
    differing = compare.differences(figures.contents_of(latest), _completed(batch, latest).contents)
    if not differing:
        return ""
    return (
        f"{batch}: the figures here came from the workbook {latest.upload.name} and {file.name} says something else "
        f"({'; '.join(differing)}). Correct them with a new workbook."
    )


def _completed(batch: Batch, latest: Submission | None) -> Batch:
    if latest is None:
        return batch
    return replace(batch, contents=compare.completed(batch.contents, figures.contents_of(latest)))


def _sorted(batches: Iterable[Batch], known: Mapping[Place, Submission]) -> Outcome:
    outcome = Outcome()
    for batch in batches:
        latest = known.get(batch.place)
        if latest is None:
            outcome.published.append(batch)
        elif differing := compare.differences(figures.contents_of(latest), batch.contents):
            outcome.restated.append((batch, differing))
        else:
            outcome.unchanged.append(batch)
    return outcome


def _checked(batches: Sequence[Batch], outcome: Outcome) -> dict[Place, list[Problem]]:
    """What every rule of the workbook finds in every batch, with the published scores that the counts do not give."""
    contents = {batch.place: batch.contents for batch in batches}
    services = {hisp: tuple(s.name for s in hisp.services.all()) for hisp in {batch.hisp for batch in batches}}
    found: dict[Place, list[Problem]] = {}
    for batch in batches:
        earlier = contents.get((batch.hisp.pk, batch.quarter.previous))
        previous = earlier or figures.previous_contents(batch.hisp.pk, batch.quarter)
        context = rules.Context(services[batch.hisp], previous, batch.quarter)
        differing = compare.score_problems(batch.contents)
        found[batch.place] = differing + [
            _passed(problem) for problem in rules.problems(_as_reported(batch.contents), context)
        ]
        outcome.scores += compare.scores_compared(batch.contents)
        outcome.score_problems += [(batch, problem) for problem in differing]
        outcome.flagged.update(problem.rule for problem in found[batch.place])
    return found


def _as_reported(contents: Contents) -> Contents:
    """Without the reasons that the import itself gave for unknown volumes: nobody else has given one."""
    return replace(contents, surveys=tuple(replace(survey, volume_notes={}) for survey in contents.surveys))


def _passed(problem: Problem) -> Problem:
    """What would block a new submission was let pass in this one long ago; it stays worth an explanation."""
    return replace(problem, severity=EXPLAIN) if problem.blocks else problem


def _keep(file: File) -> Upload:
    return Upload.objects.create(
        kind=Upload.Kind.HISTORY,
        file=ContentFile(file.data, name=f"history-{file.sha256[:12]}.csv"),
        name=file.name[-255:],
        sha256=file.sha256,
        size=len(file.data),
        outcome=Upload.Outcome.ACCEPTED,
    )


def _save(
    batches: Sequence[Batch],
    quarters: Mapping[FiscalQuarter, Quarter],
    known: Mapping[Place, Submission],
    problems: Mapping[Place, list[Problem]],
    upload: Upload,
) -> None:
    drafted = []
    for batch in batches:
        draft = _draft(batch, quarters[batch.quarter], upload, known.get(batch.place))
        drafts.save(draft, batch.contents, problems[batch.place])
        drafted.append((batch, draft))
    events: list[Event] = []
    numbered = {
        fiscal: publications.begin(Publication.Kind.HISTORY, quarters[fiscal], note=upload.name)
        for fiscal in sorted({batch.quarter for batch in batches})
    }
    for batch, draft in drafted:
        former = known.get(batch.place)
        if former is not None:
            events.append(_superseded(former, upload, numbered[batch.quarter]))
        events.append(_published(draft, batch, former, upload, numbered[batch.quarter]))
    log.record_all(events)
    for fiscal in numbered:
        sums.renew(quarters[fiscal], {batch.hisp.pk for batch, _ in drafted if batch.quarter == fiscal})


def _locked(fiscal: FiscalQuarter) -> Quarter:
    """The quarter's row, made when new; locked, so that two imports at once come one after the other."""
    quarter, _ = Quarter.objects.select_for_update(no_key=True).get_or_create(
        fiscal_year=fiscal.fiscal_year, number=fiscal.number, defaults={"due_at": fiscal.due_at}
    )
    return quarter


def _superseded(former: Submission, upload: Upload, publication: Publication) -> Event:
    before = log.facts(former, _CHANGED)
    former.state, former.ended_at, former.ended_in = State.SUPERSEDED, publication.at, publication
    former.lock_version += 1
    former.save(update_fields=["state", "ended_at", "ended_in", "lock_version"])
    note = f"Superseded by the published file {upload.name}."
    return _event(former, "supersede", note, State.PUBLISHED, before)


def _draft(batch: Batch, quarter: Quarter, upload: Upload, former: Submission | None) -> Submission:
    note = "" if former is None else _revision_note(figures.contents_of(former), batch.contents, upload)
    return Submission.objects.create(
        hisp=batch.hisp,
        quarter=quarter,
        upload=upload,
        revision=former.revision + 1 if former is not None else 1,
        revision_note=note,
        public_note=note,
    )


def _revision_note(before: Contents, after: Contents, upload: Upload) -> str:
    if compare.figures_differ(before, after):
        return f"Restated in the published file {upload.name}."
    return f"Reflection and OMB’s ratings added with the published file {upload.name}; no figure changed."


def _published(
    draft: Submission, batch: Batch, former: Submission | None, upload: Upload, publication: Publication
) -> Event:
    """A restatement became public here and now; the first figures did when OMB's file says.

    Without a day of entry they count as in time: who was late cannot be known, and nobody is called late unknown.
    """
    entered_at, updated_at = (None, None) if former is not None else (batch.entered_at, batch.updated_at)
    draft.submitted_at = entered_at or updated_at or (former.submitted_at if former else None) or batch.quarter.due_at
    draft.reviewed_at = draft.published_at = updated_at or entered_at or publication.at
    draft.state, draft.publication = State.PUBLISHED, publication
    draft.lock_version += 1
    draft.save(update_fields=["submitted_at", "reviewed_at", "published_at", "publication", "state", "lock_version"])
    return _event(draft, "import_history", f"{upload.name}, {batch.origin} (SHA-256 {upload.sha256})")


def _event(
    submission: Submission, transition: str, note: str, from_state: str = "", before: dict[str, Any] | None = None
) -> Event:
    return log.event(
        transition,
        submission=submission,
        from_state=from_state,
        to_state=submission.state,
        note=note,
        before=before,
        after=log.facts(submission, _CHANGED),
    )
