"""What is compared: a HISP, or a service of one."""

from dataclasses import dataclass, replace

from tests.dashboards.recomputed.checks import History
from tests.dashboards.recomputed.history import Quarter
from tests.dashboards.recomputed.scores import Group


@dataclass(frozen=True)
class Subject:
    """A HISP, or a service of one. `groups`: its surveys by quarter."""

    name: str
    hisp: str
    is_service: bool
    groups: dict[Quarter, Group]

    def in_quarter(self, quarter: Quarter | None) -> Group:
        return self.groups.get(quarter, Group()) if quarter else Group()


def newest(subjects: list[Subject]) -> Quarter | None:
    """In which all have figures, else in which any has."""
    known = [set(one.groups) for one in subjects]
    return max(set.intersection(*known) or set.union(*known), default=None)


def subjects(past: History, named: list[str]) -> list[Subject]:
    """As an address names them: `va-vha`, `service:va-vha-outpatient-services`. Services of one name have that of
    their HISP beside it."""
    found = [_subject(past, word) for word in named]
    twice = [one for one in found if one.is_service and [each.name for each in found].count(one.name) > 1]
    return [replace(one, name=f"{one.name} ({past.names[one.hisp]})") if one in twice else one for one in found]


def _subject(past: History, word: str) -> Subject:
    kind, _, slug = word.rpartition(":")
    own = [row for row in past.rows if slug == (row.service if kind else row.hisp)]
    groups = {quarter: Group(row for row in own if row.quarter == quarter) for quarter in {row.quarter for row in own}}
    return Subject(own[0].service_name if kind else past.names[slug], own[0].hisp, bool(kind), groups)
