"""What a page prints against what it should print. Every check ends in `says`: the phrases must be there, and no other
figure may be; what no check has looked at is named by `Page.forgotten`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from hisps.models import Department, Hisp
from tests.dashboards.recomputed import history, words
from tests.dashboards.recomputed.history import QUESTIONS, Quarter, Row
from tests.dashboards.recomputed.page import Element, figures, parsed
from tests.dashboards.recomputed.scores import METHODS, Found, Group

NAMES = {name: slug for slug, name in QUESTIONS.items()} | {
    "Combined": "combined",
    "Combined satisfaction": "combined",
}
_VOLUMES = {"Customers": "customers", "Offered the survey": "offered", "Responses": "respondents"}


Timely = Callable[["Page", str], list[str] | None]


class History:
    """The rows, and groups of them that are made once. `rows`: only these."""

    def __init__(self, rows: list[Row] | None = None) -> None:
        self.rows = history.rows() if rows is None else rows
        self.identity = history.identities(self.rows)
        self.quarters = sorted({row.quarter for row in self.rows})
        self.names = dict(Hisp.objects.values_list("slug", "name"))
        self.departments = dict(Department.objects.values_list("slug", "name"))
        self.group = cache(self._group)
        self.same = cache(self._same)
        self.quarters_of = cache(self._quarters_of)

    def _group(self, quarter: Quarter | None, **of: str) -> Group:
        """Of one quarter; `hisp`, `service` (slugs) and `department` (name) narrow it."""
        return Group(
            row
            for row in self.rows
            if row.quarter == quarter and all(getattr(row, name) == value for name, value in of.items())
        )

    def _same(self, now: Quarter, then: Quarter, of: tuple[tuple[str, str], ...]) -> tuple[Group, Group]:
        """The surveys that both quarters have."""
        first, second = self.group(now, **dict(of)), self.group(then, **dict(of))
        common = {self.identity[row.line] for row in first} & {self.identity[row.line] for row in second}
        if len(common) == len(first) == len(second):
            return first, second
        return tuple(  # type: ignore[return-value]
            Group(row for row in each if self.identity[row.line] in common) for each in (first, second)
        )

    def _quarters_of(self, **of: str) -> list[Quarter]:
        return sorted({row.quarter for row in self.rows if all(getattr(row, n) == v for n, v in of.items())})


def label(quarter: Quarter) -> str:
    return f"FY{quarter[0]} Q{quarter[1]}"


def before(quarter: Quarter) -> Quarter:
    return (quarter[0], quarter[1] - 1) if quarter[1] > 1 else (quarter[0] - 1, 4)


def shares(found: Found) -> list[str]:
    return [words.share(Fraction(count, sum(found.counts))) for count in found.counts]


def response_rate(rows: Iterable[Row]) -> str:
    known = [(row.respondents, row.offered) for row in rows if row.respondents is not None and row.offered]
    if not known:
        return "Unknown"
    return words.share(Fraction(sum(r for r, _ in known), sum(o for _, o in known)))


def based_on(found: Found, domains: int = 1) -> list[str]:
    to = f" to {domains} domains" if domains > 1 else ""
    hisps = [words.counted(found.hisps, "HISP")] if found.hisps > 1 else []
    return [words.counted(found.answers, "answer") + to, words.counted(found.surveys, "survey"), *hisps]


def _place(text: str, phrase: str) -> int:
    """Where it stands, but not within a longer number; -1 for nowhere."""
    place = text.find(phrase)
    while place >= 0 and (_goes_on(text[:place][::-1]) or _goes_on(text[place + len(phrase) :])):
        place = text.find(phrase, place + 1)
    return place


def _goes_on(text: str) -> bool:
    """A number, seen from the phrase beside it."""
    return text[:1].isdigit() or (text[:1] in (".", ",") and text[1:2].isdigit())


@dataclass
class Page:
    """One address. `of` narrows what the page is about: a HISP, a service, a department."""

    address: str
    html: str
    past: History
    method: str
    quarter: Quarter | None = None
    of: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # the figures that were looked at
    done: set[int] = field(default_factory=set)  # the tables that were, by identity

    def __post_init__(self) -> None:
        main = parsed(self.html).first("main")
        assert main is not None, self.address
        self.main = main

    def says(self, element: Element, *phrases: str, what: str = "") -> None:
        self.holds(element.text, *phrases, what=what)
        element.seen = True

    def holds(self, text: str, *phrases: str, what: str = "") -> None:
        rest = text
        for phrase in sorted(filter(None, phrases), key=len, reverse=True):
            place = _place(rest, phrase)
            rest = f"{rest[:place]}¤{rest[place + len(phrase) :]}"
            if place < 0:
                self.wrong.append(f"{self.address}: “{phrase}” is missing {what} in “{text[:200]}”")
                return
        self.told.update(figures(text))
        if figures(rest):
            self.wrong.append(f"{self.address}: {phrases} and no other figure {what} in “{text[:200]}”")

    def group(self, quarter: Quarter | None = None, **of: str) -> Group:
        return self.past.group(quarter or self.quarter, **self.of, **of)

    def changes(self, slug: str, now: Quarter | None = None, then: Quarter | None = None) -> tuple[str, str, int]:
        """Since then: of everything, of the surveys that both have, and how many those are. Unless told, since the
        published quarter before."""
        now, then = (now, then) if now else (self.quarter, self.older)
        if now is None or then is None or not self.group(then):
            return "", "", 0
        first, second = self.past.same(now, then, tuple(self.of.items()))
        found = (each.found(slug, self.method).value for each in (self.group(now), self.group(then), first, second))
        one, two, three, four = found
        return words.change(one, two), words.change(three, four), len(first)

    @property
    def older(self) -> Quarter | None:
        """The published quarter before."""
        return max((each for each in self.past.quarters_of(**self.of) if each < self.quarter), default=None)

    def forgotten(self) -> list[str]:
        return [f"{self.address}: nobody recomputes “{text[:120]}”" for text in self.main.not_seen()]


def headline(page: Page, slug: str = "combined", *, alone: bool = False) -> None:
    """`alone`: of one survey, which is the same in all its quarters."""
    box = page.main.first(of_class="headline")
    assert box is not None, page.address
    found = page.group().found(slug, page.method)
    phrases = []
    if found.value is not None:
        number = len(page.group().with_score(page.method)) if slug == "combined" else 1
        margin = words.margin(found.margin, at_most=slug == "combined")
        phrases = [f"{words.score(found.value)} of 5", METHODS[page.method], *based_on(found, number), margin]
    if " since " in box.text:
        change, same, surveys = page.changes(slug)
        phrases += [change] if alone else [change, same, words.counted(surveys, "survey") if same else ""]
        if page.older and f"since {label(page.older)}" not in box.text and "the quarter before" not in box.text:
            page.wrong.append(f"{page.address}: the change in “{box.text}” is not since {label(page.older)}")
    page.says(box, *phrases, what="in the headline")


def switch(page: Page, slug: str = "combined") -> None:
    """All four methods, each with its score; one survey needs no switch."""
    box = page.main.first("nav", "methods")
    if box is None:
        if len(page.group()) > 1:
            page.wrong.append(f"{page.address}: there is no switch between methods")
        return
    links = list(box.every("a"))
    for link, (method, name) in zip(links, METHODS.items(), strict=True):
        score = words.score(page.group().found(slug, method).value) or "–"
        page.says(link, score, name, what="in the switch")
        chosen = "aria-current" in link.attributes
        asked = re.search(r"method=([\w-]+)", link.attributes["href"])
        if (asked[1] if asked else "pooled") != method or chosen != (method == page.method):
            page.wrong.append(f"{page.address}: the switch leads to {link.attributes}")


def facts(page: Page, box: Element, rows: list[Row], timely: Timely = lambda page, name: None) -> None:
    """A list of volumes, with how many surveys did not report each."""
    for part in box.every("div"):
        name, value = part.first("dt"), part.first("dd")
        assert name is not None
        assert value is not None
        phrases = timely(page, name.text) or fact(name.text, rows)
        page.says(value, *phrases, what=f"beside {name.text}")


def fact(name: str, rows: list[Row]) -> list[str]:
    if name == "HISPs":
        return [words.count(len({row.hisp for row in rows}))]
    if name == "Surveys":
        return [words.count(len(rows))]
    if name == "Response rate":
        known = [row for row in rows if row.respondents is not None and row.offered]
        return [response_rate(rows), _partial(len(rows) - len(known), rows)]
    known = [number for row in rows if (number := getattr(row, _VOLUMES[name])) is not None]
    if len(rows) == 1 and not known:
        return ["Unknown", "holds 0" if _VOLUMES[name] in rows[0].zeros else ""]
    return [words.count(sum(known) if known else None), _partial(len(rows) - len(known), rows)]


def _partial(unknown: int, rows: list[Row]) -> str:
    return f"not reported for {unknown} of {len(rows)} surveys" if unknown and len(rows) > 1 else ""


def domain_cards(page: Page) -> None:
    for card in page.main.every("li", "domain"):
        title = card.first("h3")
        assert title is not None
        if (slug := NAMES.get(title.text)) is None:
            continue  # how to read the cards
        found = page.group().found(slug, page.method)
        phrases = []
        if found.value is not None:
            assert page.quarter is not None
            left_out = f"{words.counted(found.left_out, 'survey')} left out" if found.left_out else ""
            change, same, _ = page.changes(slug)
            margin = words.margin(found.margin)
            phrases = [words.score(found.value), margin, f"{words.share(found.positive)} positive", left_out]
            phrases += [*based_on(found), "few answers" if found.few else "", change, same if change else ""]
        page.says(card, *phrases, what=f"on the card of {title.text}")
        bars(page, card, found)


def bars(page: Page, element: Element, found: Found) -> None:
    """The words of the pictures beside a score."""
    for picture in element.every("svg"):
        said = picture.first("desc")
        assert said is not None
        if "distribution" in picture.classes:
            page.says(said, *shares(found), what="in a bar")


def line(page: Page, picture: Element, group_of: Callable[[Quarter], Group], slug: str = "combined") -> None:
    """A trend in words: “FY2021 Q2: 4.70; FY2021 Q3: no score”."""
    told = dict(re.findall(r"(FY\d+ Q\d): ([^;]+)", " ".join(each.text for each in picture.every("desc"))))
    for quarter in page.past.quarters:
        right = words.score(group_of(quarter).found(slug, page.method).value) or "no score"
        if told.pop(label(quarter), "no score") != right:
            page.wrong.append(f"{page.address}: {label(quarter)} is not {right} in a line")
    if set(told.values()) - {"no score"}:
        page.wrong.append(f"{page.address}: a line has {told}")
    for each in picture.every():
        each.seen = True


def cell(page: Page, element: Element, found: Found, what: str, slug: str = "combined") -> None:
    """A score with its number of answers, in one cell; nothing but words where there is none."""
    if found.value is None:
        page.says(element, what=what)
    elif "±" in element.text or " n " not in f" {element.text}":
        margin = words.margin(found.margin, at_most=slug == "combined")
        page.says(element, words.score(found.value), margin, "few answers" if found.few else "", what=what)
    else:
        few = "few answers" if found.few else ""
        page.says(element, words.score(found.value), f"n {words.count(found.answers)}", few, what=what)


def details(
    page: Page, heading: str, element: Element, found: Found, changes: tuple[str, str], *, at_most: bool = False
) -> bool:
    """A cell that tells one thing of a score; False when the heading is of something else."""
    told: dict[str, Callable[[], list[str]]] = {
        "Score": lambda: [words.score(found.value), "few answers" if found.few and "few" in element.text else ""],
        "Margin": lambda: [words.margin(found.margin, at_most=at_most)],
        "Positive": lambda: [words.share(found.positive)],
        "Answers": lambda: [words.count(found.answers)],
        "Surveys": lambda: [words.count(found.surveys)],
        "HISPs": lambda: [words.count(found.hisps)],
        "Change": lambda: [changes[0] or "–"],
        "Same surveys": lambda: [changes[1] or ("–" if element.text else "")],
        "Answers 1 to 5": lambda: [" · ".join(shares(found))] if element.text else [],
        "1 to 5": lambda: [],
        **{str(n): lambda n=n: [words.count(found.counts[n - 1])] for n in range(1, 6)},
    }
    name = "Change" if heading.startswith("Since ") else heading
    if name not in told:
        return False
    phrases = told[name]()
    page.says(element, *([] if phrases == ["–"] else phrases), what=f"under {heading}")
    bars(page, element, found)
    return True
