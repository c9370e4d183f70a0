"""What speaks against a comparison: other scales, other questions, other domains, few answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from hisps import names
from tests.dashboards.recomputed import quarters, words
from tests.dashboards.recomputed.checks import Page
from tests.dashboards.recomputed.history import DOMAINS
from tests.dashboards.recomputed.scores import Group
from tests.dashboards.recomputed.subjects import Subject

_CAUTIONS = ("No figures", "domains in the combined score", "Few answers", "Concentration")


def every(page: Page, subjects: list[Subject]) -> None:
    right, found = dict(_right_cautions(page, subjects)), {}
    for box in page.main.every("section", "cautions"):
        for line in box.every("li"):
            title = line.first("h3")
            if title is not None:
                found[next((name for name in _CAUTIONS if name in title.text), title.text)] = line
    if found.keys() != right.keys():
        page.wrong.append(f"{page.address}: the cautions are {list(found)}, not {list(right)}")
    for name, phrases in right.items():
        if name in found:
            page.says(found[name], *phrases, what=f"under {name}")


def _right_cautions(page: Page, subjects: list[Subject]) -> Iterator[tuple[str, list[str]]]:
    groups = [(one.name, one.in_quarter(page.quarter)) for one in subjects]  # two services may have one name
    if absent := [name for name, group in groups if not group]:
        yield "No figures", [words.listed(absent)]
    worded = {slug: [_wordings(group, slug) for _, group in groups] for slug in DOMAINS}
    unlike = [DOMAINS[slug] for slug, of in worded.items() if len(_keys(of)) > 1]
    unknown = {place for of in worded.values() for place, own in enumerate(of) if any(not one.key for one in own)}
    silent = [name for place, (name, _) in enumerate(groups) if place in unknown]
    if len(groups) > 1 and (unlike or silent):
        yield (
            "Wordings differ" if unlike else "Wordings not known",
            [words.listed(unlike).lower(), words.listed(silent)],
        )
    if without := list(_without(page, groups)):
        yield "domains in the combined score", without
    if few := [line for name, group in groups if (line := _few(name, group))]:
        yield "Few answers", ["Fewer than 30 people", *few]
    if heavy := [line for name, group in groups if (line := _weight(name, group))]:
        yield "Concentration", heavy


def _without(page: Page, groups: list[tuple[str, Group]]) -> Iterator[str]:
    own = [(name, group.with_score(page.method)) for name, group in groups if group]
    every = [slug for slug in DOMAINS if any(slug in slugs for _, slugs in own)]
    for name, slugs in own:
        lacking = [DOMAINS[slug] for slug in every if slug not in slugs]
        if lacking:
            yield f"{name}: without {words.listed(lacking).lower()}."


@dataclass(frozen=True)
class Wording:
    text: str
    key: str


def _wordings(group: Group, slug: str) -> list[Wording]:
    """Of surveys with answers, in their order; one that is not known is empty."""
    return [Wording(row.wordings[slug], names.key(row.wordings[slug])) for row in group if slug in row.answers]


def _keys(of: list[list[Wording]]) -> set[str]:
    return {one.key for own in of for one in own if one.key}


def _few(name: str, group: Group) -> str:
    few = [DOMAINS[slug] for slug in DOMAINS if 0 < sum(group.found(slug, "pooled").counts) < 30]
    return f"{name}: {words.listed(few).lower()}." if few else ""


def _weight(name: str, group: Group) -> str:
    number, of, held = quarters.heaviest(group)
    hold = "hold" if number > 1 else "holds"
    return f"{name}: {number} of {of} surveys {hold} {held} of the answers on satisfaction." if number < of else ""


def worded(page: Page, subjects: list[Subject]) -> None:
    """The wordings of each domain, and whether they are alike."""
    told = {}
    for box in page.main.every("details"):
        title, shown = box.first("summary"), box.first("dl", "wordings")
        if title and shown:
            told[title.text] = [each.text.strip("“”") for each in shown.every("dd")]
            shown.seen = True
    right = {}
    for slug, name in DOMAINS.items():
        by_subject = [_wordings(one.in_quarter(page.quarter), slug) for one in subjects]
        keys = _keys(by_subject)
        once = [list({one.key: one.text for one in reversed(own) if one.key}.values())[::-1] for own in by_subject]
        if keys:
            right[f"{name}: {'not alike' if len(keys) > 1 else 'alike'}"] = [len(own) for own in once]
    if told.keys() != right.keys() or any(len(told[name]) != sum(right[name]) for name in right):
        page.wrong.append(f"{page.address}: wordings are {told} and should be as many as {right}")
