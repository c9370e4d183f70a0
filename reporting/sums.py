"""Keeps the totals of quarters in step with what is published: in the transaction that publishes or withdraws.

A total tells of its quarter and, for like-for-like changes, of the surveys that the quarter before has too. So a
publication makes two anew: of its quarter and of the next.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps as current_apps

from reporting import summed
from reporting.fiscal import FIRST_FISCAL_YEAR, FiscalQuarter
from reporting.models import Quarter
from reporting.summed import QuarterSum, Reported

_MODELS = ("Quarter", "Submission", "TouchpointReport", "DomainResult", "QuarterTotal")
_VOLUMES = ("customers", "offered", "respondents")
_COUNTS = ("n1", "n2", "n3", "n4", "n5")
_FIRST = FiscalQuarter(FIRST_FISCAL_YEAR, 1)
Place = tuple[int, int]  # quarter, HISP


def renew(quarter: Quarter, hisps: Collection[int]) -> None:
    """After reports of these HISPs were published in the quarter, or withdrawn. About 10 queries."""
    if hisps:
        _Renewal(current_apps).of(quarter.fiscal, hisps)


def renew_all(apps: Any = current_apps) -> int:
    """Of everything that was ever published; how many quarters. Safe to repeat. For migrations, too."""
    quarters = apps.get_model("reporting", "Quarter").objects.order_by("fiscal_year", "number")
    known = list(quarters.values_list("fiscal_year", "number"))
    for year, number in known:
        _Renewal(apps).of(FiscalQuarter(year, number), None, and_next=False)
    return len(known)


class _Renewal:
    """With the models as they are, or as a migration knows them."""

    def __init__(self, apps: Any) -> None:
        models = [apps.get_model("reporting", name) for name in _MODELS]
        self.quarters, self.submissions, self.reports, self.results, self.totals = (each.objects for each in models)

    def of(self, fiscal: FiscalQuarter, hisps: Collection[int] | None, *, and_next: bool = True) -> None:
        """`hisps`: None for all."""
        before = [] if fiscal == _FIRST else [fiscal.previous]
        ids = self._stored([*before, fiscal, *([fiscal.next] if and_next else [])])
        surveys = self._surveys(ids.values(), hisps)
        for quarter in (fiscal, fiscal.next) if and_next else (fiscal,):
            if quarter in ids:
                former = 0 if quarter == _FIRST else ids.get(quarter.previous, 0)
                self._save(ids[quarter], former, surveys, hisps)

    def _stored(self, wanted: Iterable[FiscalQuarter]) -> dict[FiscalQuarter, int]:
        found = {}
        for one in wanted:
            pk = self.quarters.filter(fiscal_year=one.fiscal_year, number=one.number).values_list("pk", flat=True)
            if pk:
                found[one] = pk[0]
        return found

    def _surveys(self, quarters: Iterable[int], hisps: Collection[int] | None) -> dict[Place, list[Reported]]:
        """By quarter and HISP; an empty list for a report of operations alone."""
        public = self.submissions.filter(state="published", quarter__in=list(quarters))
        if hisps is not None:
            public = public.filter(hisp__in=hisps)
        places = {pk: (quarter, hisp) for pk, quarter, hisp in public.values_list("pk", "quarter", "hisp")}
        found: dict[Place, list[Reported]] = {place: [] for place in places.values()}
        counts = self._counts(public)
        reports = self.reports.filter(submission__in=public.values("pk")).order_by("pk")
        columns = ("pk", "submission", "touchpoint", "channel", *_VOLUMES, "publishable", "unanswered")
        for (
            pk,
            submission,
            touchpoint,
            channel,
            customers,
            offered,
            answered,
            publishable,
            unanswered,
        ) in reports.values_list(*columns):
            silent = {each["domain"]: each.get("no_data") or "not_asked" for each in unanswered}
            own = counts.get(pk, {})
            if not publishable:
                own, silent = {}, dict.fromkeys(summed.DOMAINS, "not_publishable")
            found[places[submission]].append(
                Reported((touchpoint, channel), customers, offered, answered, own, silent)
            )
        return found

    def _counts(self, public: Any) -> dict[int, dict[str, Any]]:
        """By report and domain."""
        results = self.results.filter(report__submission__in=public.values("pk"), domain__in=summed.DOMAINS)
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for report, domain, *counts in results.order_by().values_list("report", "domain", *_COUNTS):
            found[report][domain] = tuple(counts)
        return found

    def _save(
        self, quarter: int, before: int, surveys: dict[Place, list[Reported]], hisps: Collection[int] | None
    ) -> None:
        stale = self.totals.filter(quarter=quarter, hisp__isnull=False)
        (stale if hisps is None else stale.filter(hisp__in=hisps)).delete()
        own = {
            hisp: summed.of_hisp(each, surveys.get((before, hisp), []))
            for (where, hisp), each in surveys.items()
            if where == quarter
        }
        self.totals.bulk_create(
            self.totals.model(quarter_id=quarter, hisp_id=hisp, figures=summed.as_json(one))
            for hisp, one in own.items()
        )
        self._save_government(quarter)

    def _save_government(self, quarter: int) -> None:
        of_hisps = self.totals.filter(quarter=quarter, hisp__isnull=False).values_list("figures", flat=True)
        parts: list[QuarterSum] = [summed.from_json(figures) for figures in of_hisps]
        self.totals.filter(quarter=quarter, hisp__isnull=True).delete()
        if parts:
            self.totals.create(quarter_id=quarter, figures=summed.as_json(summed.total(parts)))
