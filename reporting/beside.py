"""A submission's figures beside those of the quarter before: what changed, jumped, is new or is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reporting.contents import Contents, Survey
from reporting.differences import pairs
from reporting.preview import Preview, QuestionRow, SurveyBlock, preview
from reporting.statements import Wording, compared
from reporting.workbook.rules.repeats import is_jump

_VOLUMES = {"customers": "Customers", "offered": "Offered the survey", "respondents": "Respondents"}


@dataclass(frozen=True)
class Volume:
    """People of a survey, now and last quarter; None: unknown, or no such survey then."""

    field: str
    name: str
    now: int | None
    before: int | None

    @property
    def growth(self) -> Fraction | None:
        return _growth(self.now, self.before)

    @property
    def jumps(self) -> bool:
        """As the check of the workbook sees it."""
        return bool(self.now and self.before and is_jump(self.before, self.now))


@dataclass(frozen=True)
class Row:
    """One question of a survey, or one domain pooled over all. `before` is None where nothing was reported then."""

    now: QuestionRow
    before: QuestionRow | None
    wording: Wording | None = None

    @property
    def change(self) -> Fraction | None:
        """Score points since last quarter."""
        then = self.before.score if self.before else None
        return None if self.now.score is None or then is None else self.now.score - then

    @property
    def growth(self) -> Fraction | None:
        """Of the number of answers."""
        return _growth(self.now.tally.n, self.before.tally.n if self.before else None)

    @property
    def jumps(self) -> bool:
        now, then = self.now.tally.n, self.before.tally.n if self.before else 0
        return bool(now and then) and is_jump(then, now)

    @property
    def is_new(self) -> bool:
        return bool(self.before and self.now.tally.n and not self.before.tally.n)

    @property
    def is_gone(self) -> bool:
        return bool(self.before and self.before.tally.n and not self.now.tally.n)

    @property
    def other_words(self) -> bool:
        return bool(self.wording and not self.wording.is_official)


@dataclass(frozen=True)
class Block:
    """One survey; `before` is the same survey of last quarter, if there was one."""

    now: SurveyBlock
    before: SurveyBlock | None
    volumes: tuple[Volume, ...]
    rows: tuple[Row, ...]

    @property
    def jumps(self) -> int:
        return sum(one.jumps for one in self.volumes) + sum(row.jumps for row in self.rows)

    @property
    def other_words(self) -> int:
        return sum(row.other_words for row in self.rows)


@dataclass(frozen=True)
class Beside:
    """A whole submission; `before` is None when last quarter has no report. `gone`: surveys that are not there now."""

    now: Preview
    before: Preview | None
    blocks: tuple[Block, ...]
    domains: tuple[Row, ...]
    gone: tuple[Survey, ...]

    @property
    def change(self) -> Fraction | None:
        """Of the combined score."""
        then = self.before.score if self.before else None
        return None if self.now.score is None or then is None else self.now.score - then


def beside(contents: Contents, former: Contents | None) -> Beside:
    now, before = preview(contents), preview(former) if former else None
    blocks = {id(block.survey): block for block in (before.surveys if before else ())}
    found = pairs(former.surveys if former else (), contents.surveys)
    partners = {id(new): blocks[id(old)] for old, new in found if old and new}
    return Beside(
        now=now,
        before=before,
        blocks=tuple(_block(block, partners.get(id(block.survey))) for block in now.surveys),
        domains=tuple(_domains(now, before)),
        gone=tuple(old for old, new in found if old and not new),
    )


def _domains(now: Preview, before: Preview | None) -> list[Row]:
    former = before.domains if before else (None,) * len(now.domains)
    return [Row(row, then) for row, then in zip(now.domains, former, strict=True)]


def _block(block: SurveyBlock, before: SurveyBlock | None) -> Block:
    then = {row.slug: row for row in before.rows} if before else {}
    survey, former = block.survey, before.survey if before else None
    volumes = (
        Volume(field, name, getattr(survey, field), getattr(former, field, None)) for field, name in _VOLUMES.items()
    )
    gone = [row for slug, row in then.items() if slug not in {each.slug for each in block.rows}]  # extra questions
    rows = [Row(row, _then(row, then, before), compared(row.slug, row.wording)) for row in block.rows]
    rows += [Row(_nothing(row), row) for row in gone]
    return Block(block, before, tuple(volumes), tuple(rows))


def _then(row: QuestionRow, then: Mapping[str, QuestionRow], before: SurveyBlock | None) -> QuestionRow | None:
    return then.get(row.slug, _nothing(row)) if before else None


def _nothing(row: QuestionRow) -> QuestionRow:
    """In place of a question that was not sent then, or is not now."""
    return QuestionRow(row.slug, row.name, "", row.official, type(row.tally)(), "Not asked in this survey", "")


def _growth(now: int | None, before: int | None) -> Fraction | None:
    return Fraction(now - before, before) if now is not None and before else None
