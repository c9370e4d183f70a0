"""The contents of one submission as plain values: what one HISP reports for one quarter.

Every way in and out speaks in these: the workbook is read into them and made from them, the checks look at them, OMB's
published files are read into them, intake saves them and `figures` reads them back. No Django here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reporting.scoring import Tally
from reporting.workbook.cells import Cell

Places = Mapping[str, Cell]  # field name -> where it was read


@dataclass(frozen=True)
class Question:
    """One question of a survey: the wording as asked, and its answers.

    `tally` is None when there are no answers; then `no_data` says why (a key of `domains.NO_DATA_REASONS`). A tally is
    never all zero. `published_score` is the score OMB printed beside the counts, in files of the past only.
    """

    domain: str
    wording: str = ""
    tally: Tally | None = None
    no_data: str = ""
    notes: str = ""
    published_score: Decimal | None = None
    places: Places = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Survey:
    """One touchpoint's survey. Volumes are people, >= 0; None means unknown, never 0 for unknown.

    `control_number` is normalized (NNNN-NNNN) or empty; `control_number_typed` is what stood there.
    `volume_notes` gives the reason of a volume that is None (field name -> sentence).
    """

    service: str
    service_provided: str
    transaction_point: str = ""
    channel: str = ""
    customers: int | None = None
    offered: int | None = None
    respondents: int | None = None
    control_number: str = ""
    control_number_typed: str = ""
    collection_url: str = ""
    scale: str = "five_point"
    conversion: str = ""
    publishable: bool = True
    publishable_reason: str = ""
    metrics_text: str = ""  # operational metrics as free text, in files of the past only
    volume_notes: Mapping[str, str] = field(default_factory=dict)
    omb_rating: str = ""  # OMB's own rating of the row, in files of the past only
    questions: tuple[Question, ...] = ()
    places: Places = field(default_factory=dict, compare=False, repr=False)

    @property
    def label(self) -> str:
        return f"{self.service}: {self.service_provided}" if self.service_provided else self.service

    def question(self, domain: str) -> Question | None:
        return next((question for question in self.questions if question.domain == domain), None)

    def tally(self, domain: str) -> Tally:
        """The answers to a domain; an empty tally where there are none."""
        question = self.question(domain)
        return question.tally if question is not None and question.tally is not None else Tally()


@dataclass(frozen=True)
class Metric:
    """An operational figure with its unit, such as 48 (million) online transactions."""

    name: str
    value: Decimal
    unit: str = ""
    service: str = ""
    footnote: str = ""
    places: Places = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Index:
    """A score on a scale of its own, such as 83 of 100; never mixed with 1 to 5 scores.

    `covers` names what it measures: one online service, or the services that a reported average is made of.
    """

    name: str
    value: Decimal
    scale_maximum: Decimal = Decimal(100)
    threshold: Decimal | None = None
    threshold_label: str = ""
    service: str = ""
    covers: str = ""
    footnote: str = ""
    places: Places = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Contents:
    """Everything one HISP reports for one quarter."""

    contact_name: str = ""
    contact_email: str = ""
    reflection: str = ""
    comment: str = ""
    surveys: tuple[Survey, ...] = ()
    metrics: tuple[Metric, ...] = ()
    indexes: tuple[Index, ...] = ()
    places: Places = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        return not (self.surveys or self.metrics or self.indexes)

    def with_services(self, registry_name: Callable[[str], str]) -> "Contents":
        """The same contents with every service under the name that the registry has for what was typed."""
        return replace(
            self,
            surveys=tuple(replace(survey, service=registry_name(survey.service)) for survey in self.surveys),
            metrics=tuple(replace(metric, service=registry_name(metric.service)) for metric in self.metrics),
            indexes=tuple(replace(index, service=registry_name(index.service)) for index in self.indexes),
        )
