"""What can be compared: HISPs and services, as an address names them: `va-vha`, `service:va-vha-outpatient-care`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from dashboards.published import Published
from dashboards.surveys import Group
from hisps.models import Hisp, Service
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission, TouchpointReport

_SERVICE = "service:"


@dataclass(frozen=True)
class Subject:
    """A HISP, or a service of one. `word` names it in an address."""

    word: str
    slug: str
    name: str
    hisp: str  # slug
    hisp_name: str
    is_service: bool

    def surveys(self, one: Published) -> Group:
        if one.hisp.slug != self.hisp:
            return Group()
        if not self.is_service:
            return one.surveys
        return one.surveys.part([survey for survey in one.surveys if survey.service == self.slug])

    def by_quarter(self, figures: Sequence[Published]) -> Mapping[FiscalQuarter, Group]:
        """Quarters in which it has a survey, oldest first."""
        return {one.quarter: own for one in figures if (own := self.surveys(one))}

    def shares_with(self, other: "Subject") -> bool:
        """One is a part of the other, so that the same answers are in both."""
        return self.hisp == other.hisp and self.is_service != other.is_service


@dataclass(frozen=True)
class Choices:
    """Of one HISP: its word and name for each thing that has published figures."""

    name: str
    options: tuple[tuple[str, str], ...]


def find(words: Sequence[str]) -> dict[str, Subject]:
    """Those that exist, by their words. A service that has the name of another of them gets that of its HISP, too.
    2 queries."""
    services = {word.removeprefix(_SERVICE) for word in words if word.startswith(_SERVICE)}
    hisps = set(words) - {f"{_SERVICE}{slug}" for slug in services}
    found = [_hisp(one) for one in Hisp.objects.filter(slug__in=hisps)]
    found += [_service(one) for one in Service.objects.filter(slug__in=services).select_related("hisp")]
    names = Counter(one.name for one in found)
    return {one.word: _told_apart(one) if names[one.name] > 1 else one for one in found}


def _told_apart(one: Subject) -> Subject:
    return replace(one, name=f"{one.name} ({one.hisp_name})") if one.is_service else one


def choices() -> tuple[Choices, ...]:
    """Everything with published figures, by HISP. 2 queries."""
    published = Submission.objects.published()
    hisps = Hisp.objects.filter(Exists(published.filter(hisp=OuterRef("pk"))))
    reported = TouchpointReport.objects.filter(service=OuterRef("pk"), submission__in=published.values("pk"))
    services = Service.objects.filter(Exists(reported)).order_by("hisp__name", "hisp", "name").select_related("hisp")
    own = {hisp: [_service(one) for one in group] for hisp, group in groupby(services, key=lambda one: one.hisp_id)}
    return tuple(
        Choices(
            hisp.name,
            (
                (hisp.slug, f"All of {hisp.abbreviation or hisp.name}"),
                *((one.word, one.name) for one in own.get(hisp.pk, [])),
            ),
        )
        for hisp in hisps.order_by("name")
    )


def reported(subjects: Sequence[Subject]) -> dict[Subject, set[FiscalQuarter]]:
    """The quarters in which each has a published survey. 1 query for HISPs, 1 for services."""
    public = Submission.objects.published()
    return {
        **_in_quarters(
            [one for one in subjects if not one.is_service],
            public.filter(Exists(TouchpointReport.objects.filter(submission=OuterRef("pk")))),
            "hisp__slug",
        ),
        **_in_quarters(
            [one for one in subjects if one.is_service],
            public,
            "reports__service__slug",
            hisp=F("reports__service__hisp"),  # what another HISP reported is that one's
        ),
    }


def _in_quarters(
    subjects: Sequence[Subject], submissions: "QuerySet[Submission]", named: str, **also: Any
) -> dict[Subject, set[FiscalQuarter]]:
    of = {one.slug: one for one in subjects}
    found: dict[Subject, set[FiscalQuarter]] = {one: set() for one in subjects}
    if found:
        columns = (named, "quarter__fiscal_year", "quarter__number")
        own = submissions.filter(**{f"{named}__in": list(of)}, **also).order_by().values_list(*columns).distinct()
        for slug, year, number in own:
            found[of[slug]].add(FiscalQuarter(year, number))
    return found


def _hisp(one: Hisp) -> Subject:
    return Subject(one.slug, one.slug, one.name, one.slug, one.name, is_service=False)


def _service(one: Service) -> Subject:
    return Subject(f"{_SERVICE}{one.slug}", one.slug, one.name, one.hisp.slug, one.hisp.name, is_service=True)
