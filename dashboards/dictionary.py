"""The data dictionary: the workbook’s columns and lists, then every column of the open data files."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.datasets import DATASETS, Dataset
from hisps.cells import neutral
from reporting.domains import QUESTION_SLUGS, question_name
from reporting.workbook import dictionary, spec
from reporting.workbook.dictionary import Entry

_TEXT, _COUNT = "Text.", "A whole number, 0 or more; empty where it is unknown."
_LEVELS = "government, department, hisp, service or survey."

# Column -> what it means, what it holds, and where in the workbook it comes from.
_COLLECTIONS: dict[str, tuple[str, str, str]] = {
    "collection_year": ("The fiscal year; FY2021 began on October 1, 2020.", "A year.", "Cover: Fiscal quarter"),
    "collection_quarter": ("The quarter of the fiscal year.", "1 to 4.", "Cover: Fiscal quarter"),
    "organization_name": ("The department that the HISP belonged to in that quarter.", _TEXT, "Cover: Department"),
    "service_provider_name": ("The High Impact Service Provider.", _TEXT, "Cover: HISP"),
    "service_name": ("The designated service.", _TEXT, "Touchpoints: Service"),
    "service_provided": ("What the customer came for.", _TEXT, "Touchpoints: Service provided"),
    "transaction_point": ("Where in the journey the survey was offered.", _TEXT, "Touchpoints: Transaction point"),
    "channel": ("How the customer was served.", "A channel, such as in_person or mobile_app.", "Touchpoints: Channel"),
    "volume_of_customers": ("People who interacted with this transaction point.", _COUNT, "Touchpoints: Customers"),
    "volume_of_customers_provided_survey_opportunity": (
        "People who were given the chance to answer.", _COUNT, "Touchpoints: Offered the survey",
    ),
    "volume_of_respondents": ("People who answered at least one question.", _COUNT, "Touchpoints: Respondents"),
    "omb_control_number": ("The survey’s paperwork clearance.", "NNNN-NNNN.", "Touchpoints: OMB control number"),
    "federal_register_url": ("Address of the information collection.", "An address.", "Touchpoints: Collection URL"),
    "operational_metrics": ("Operational figures as free text, in files of the past.", _TEXT, ""),
}  # fmt: skip
_SCORES: dict[str, tuple[str, str, str]] = {
    "fiscal_year": ("The fiscal year; FY2021 began on October 1, 2020.", "A year.", ""),
    "fiscal_quarter": ("The quarter of the fiscal year.", "1 to 4.", ""),
    "level": ("What the score is of.", _LEVELS, ""),
    "organization_name": ("The department; empty for the government.", _TEXT, ""),
    "service_provider_name": ("The High Impact Service Provider; empty above its level.", _TEXT, ""),
    "hisp": ("Its short name, as in the addresses of this site.", "Such as va-vha.", ""),
    "service_name": ("The designated service; empty above its level.", _TEXT, ""),
    "service": ("Its short name, as in the addresses of this site.", _TEXT, ""),
    "service_provided": ("What the customer came for; for surveys only.", _TEXT, ""),
    "channel": ("How the customer was served; for surveys only.", "A channel, such as in_person.", ""),
    "domain": ("The domain, or “combined”: the mean of the domain scores.", "Such as trust.", ""),
    "method": ("How surveys were combined; see How every number is made.", "Such as pooled or mean-of-hisps.", ""),
    "score": ("The score, rounded half up to two decimals.", "1.00 to 5.00; empty without answers.", ""),
    "margin": ("95 % margin of error of the score.", "0 or more; empty under two answers.", ""),
    "share_positive": ("Answers of 4 and 5 as a share of all.", "0 to 1; empty without answers.", ""),
    "answers": ("How many answers the score rests on.", "A whole number.", ""),
    "surveys": ("How many surveys it rests on.", "A whole number.", ""),
    "hisps": ("How many HISPs it rests on.", "A whole number.", ""),
    "surveys_left_out": ("Surveys that the method could not weigh.", "A whole number.", ""),
    "no_score_reason": ("Why there is no score; empty where there is one.", _TEXT, ""),
}


def _questions() -> dict[str, tuple[str, str, str]]:
    """q1 to q7 are the domains in their order, q8 to q11 an agency’s own questions."""
    found: dict[str, tuple[str, str, str]] = {}
    for number, slug in enumerate(QUESTION_SLUGS, start=1):
        about = question_name(slug)
        found[f"q{number}_text"] = (f"{about}: the question as asked.", _TEXT, "Responses: Question as asked")
        for answer, header in enumerate(spec.ANSWER_HEADERS, start=1):
            meaning = f"{about}: people who answered {answer}."
            found[f"q{number}_{answer}"] = (meaning, "A whole number; five zeros: no answers.", f"Responses: {header}")
        score = "1.00 to 5.00; empty without answers."
        found[f"q{number}_point_scale"] = (f"{about}: the mean of the answers.", score, "Computed from the counts")
    return found


COLUMNS: dict[str, Mapping[str, tuple[str, str, str]]] = {
    "collections": _COLLECTIONS | _questions(),
    "scores": _SCORES,
}


@dataclass(frozen=True)
class Section:
    title: str
    sentence: str
    entries: tuple[Entry, ...]
    slug: str


def sections() -> tuple[Section, ...]:
    """In the order of the page: the sheets, the lists, the files."""
    sheets = [
        Section(sheet.name, sheet.intro, _of(dictionary.columns(), sheet.name), f"sheet-{number}")
        for number, sheet in enumerate(spec.INPUT_SHEETS, start=1)
    ]
    lists = [
        Section(name, sentence, _of(dictionary.lists(), name), name.lower())
        for name, sentence in (
            ("Questions", "The seven domains of the survey, with their official statements."),
            ("Channels", "The ways of being served."),
            ("Scales", "The scales on which people answer, and how answers become 1 to 5."),
        )
    ]
    files = [Section(f"{d.title} (file)", d.sentence, _file(d), f"file-{d.slug}") for d in DATASETS.values()]
    return (*sheets, *lists, *files)


def _of(entries: tuple[Entry, ...], place: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.place == place)


def _file(dataset: Dataset) -> tuple[Entry, ...]:
    described = COLUMNS[dataset.slug]
    place = f"{dataset.slug}.csv"
    return tuple(
        Entry(place, column, meaning, holds, source=source)
        for column in dataset.columns
        for meaning, holds, source in [described[column]]
    )


HEADINGS = ("where", "column", "what_it_is", "what_it_may_hold", "required", "comes_from")


def as_csv() -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for section in sections():
        for e in section.entries:
            row = (e.place, e.name, e.meaning, e.holds, "yes" if e.is_required else "", e.source)
            writer.writerow([neutral(value) for value in row])
    return file.getvalue()
