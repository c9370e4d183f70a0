"""The HISPs of FY2021 Q3 as senders of what they really published, through the pages of their reporters.

Seventeen had figures for that quarter. Five more had some for another one near it, and send those late, so that more
comes in than ever did; the Fish and Wildlife Service never had any.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hisps.models import Hisp
from reporting.contents import Contents, Question, Survey
from reporting.demo import read
from reporting.domains import DOMAIN_BY_SLUG
from reporting.fiscal import FiscalQuarter
from reporting.scoring import Tally
from tests.reporting.workbook.fill import fill_from

QUARTER = FiscalQuarter(2021, 3)
LATE = {
    "dhs-cbp": FiscalQuarter(2021, 4),
    "dol-deeoic": FiscalQuarter(2021, 4),
    "dol-osha": FiscalQuarter(2022, 1),
    "hud-fha": FiscalQuarter(2022, 1),
    "usda-nrcs": FiscalQuarter(2022, 1),
}
SILENT = "doi-fws"
_PUBLISHED = read.surveys()
IN_TIME = tuple(sorted(hisp for hisp, quarter in _PUBLISHED if quarter == QUARTER))
EXPLANATION = "This is what the survey’s provider counted; we looked at it again."


class Office:
    """A reporter of one HISP who works over HTTP, without a browser."""

    def __init__(self, hisp: Hisp) -> None:
        self.hisp, self.contents, self.client = hisp, reported(hisp), Client()

    @cached_property
    def template(self) -> bytes:
        return self.client.get(reverse("reporting:template", args=[self.hisp.slug, QUARTER])).content

    def workbook(self, contents: Contents | None = None) -> bytes:
        self.client.force_login(self.hisp.memberships.get().user)  # each time: weeks may have passed
        return fill_from(self.template, contents or self.contents)

    def send(self, workbook: bytes) -> Any:
        """The page that the reporter gets: the problems, or the preview."""
        file = SimpleUploadedFile(f"{self.hisp.slug}.xlsx", workbook)
        address = reverse("reporting:upload", args=[self.hisp.slug, QUARTER])
        return self.client.post(address, {"workbook": file}, follow=True)

    def submit(self, preview: Any, note: str = "") -> Any:
        form, submission = preview.context["form"], preview.context["submission"]
        words = {name: EXPLANATION for _, name in form.explained}
        words |= {"lock_version": form.initial["lock_version"], "revision_note": note}
        return self.client.post(reverse("reporting:submit", args=[submission.pk]), words, follow=True)


def reported(hisp: Hisp) -> Contents:
    """The published figures, with the words that were left out of the table: each domain's official statement."""
    published = _PUBLISHED[hisp.slug, LATE.get(hisp.slug, QUARTER)]
    return replace(
        published,
        contact_name=f"Reporter of {hisp.name}",
        contact_email=address(hisp.slug),
        reflection=f"What {hisp.name} learned in this quarter.",
        surveys=tuple(_worded(survey, hisp.name) for survey in published.surveys),
    )


def address(slug: str) -> str:
    return f"{slug}@agency.example"


def with_surveys(contents: Contents, **fields: Any) -> Contents:
    """The same, with some fields of every survey set."""
    return replace(contents, surveys=tuple(replace(survey, **fields) for survey in contents.surveys))


def _worded(survey: Survey, provider: str) -> Survey:
    questions = tuple(_asked(question, provider) for question in survey.questions)
    point, link = "At the end of the visit", "https://www.reginfo.gov/public/"
    return replace(survey, questions=questions, transaction_point=point, collection_url=link)


def _asked(question: Question, provider: str) -> Question:
    if question.tally is None:
        return question
    known = DOMAIN_BY_SLUG.get(question.domain)
    words = known.statement if known else f"Another question, {question.domain}."
    return replace(question, wording=words.replace("[Program/Service name]", provider))


def satisfaction(reports: Mapping[str, Contents]) -> dict[str, str]:
    """The satisfaction of all HISPs by each method, from the counts alone and not by the product's arithmetic."""
    tallies = [
        (hisp, survey.customers, survey.tally("satisfaction"))
        for hisp, contents in reports.items()
        for survey in contents.surveys
        if survey.tally("satisfaction").n
    ]
    of_hisps = [
        _mean([tally for hisp, _, tally in tallies if hisp == each]) for each in {hisp for hisp, *_ in tallies}
    ]
    served = [(customers, _mean([tally])) for _, customers, tally in tallies if customers]
    return {
        "pooled": _shown(_mean([tally for *_, tally in tallies])),
        "mean-of-surveys": _shown(sum(_mean([tally]) for *_, tally in tallies) / len(tallies)),
        "mean-of-hisps": _shown(sum(of_hisps) / len(of_hisps)),
        "by-customers": _shown(sum(people * mean for people, mean in served) / sum(people for people, _ in served)),
    }


def _mean(tallies: list[Tally]) -> Fraction:
    counts = [sum(column) for column in zip(*(tally.counts for tally in tallies), strict=True)]
    return Fraction(sum(points * count for points, count in enumerate(counts, start=1)), sum(counts))


def _shown(score: Fraction) -> str:
    """Two decimals, half up."""
    hundredths = math.floor(score * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"
