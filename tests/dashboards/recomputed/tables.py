"""The tables of a page: what its rows are, and what each column tells of them."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import NAMES, Page, before, cell, details, fact, label, line, response_rate
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.page import Element, Table, table
from tests.dashboards.recomputed.scores import Group

VOLUMES = ("Customers", "Offered the survey", "Responses", "Response rate")


Changes = Callable[[str], tuple[str, str]]


def of_scores(page: Page, table: Table, group: Group, method: str, changes: Changes = lambda slug: ("", "")) -> None:
    """A table with a question in each row."""
    for heading, cells in table.lines:
        slug = next(slug for name, slug in NAMES.items() if heading.text.startswith(name))
        heading.seen = True  # the question as asked stands there, too
        found = group.found(slug, method)
        if found.value is None:
            page.says(cells[0], what=f"beside {slug}")
            continue
        for name, element in zip(table.headings[1:], cells, strict=True):
            if not details(page, name, element, found, changes(slug)):
                page.wrong.append(f"{page.address}: nobody recomputes the column “{name}”")


def every(page: Page, slug: str = "combined", *, newest: bool = False) -> None:
    """By what the first column holds. `newest`: each row tells of the newest quarter that its entity has."""
    for element in page.main.every("table"):
        if id(element) in page.done:
            continue
        page.done.add(id(element))
        shown = table(element)
        if shown.headings[0] in ("Domain", "Question as asked"):
            of_scores(page, shown, page.group(), page.method, lambda slug: page.changes(slug)[:2])
        elif shown.headings[0] == "Quarter":
            over_time(page, shown, slug)
        else:
            of_entities(page, shown, lambda address: led_to(page, address, newest=newest), slug)


def led_to(page: Page, address: str, *, newest: bool) -> Group:
    """The surveys of what a link leads to, within what the page is about."""
    kind, name = [part for part in urlsplit(address).path.split("/") if part][:2]
    of = {
        "hisps": lambda: {"hisp": name},
        "services": lambda: {"service": name},
        "departments": lambda: {"department": page.past.departments[name]},
    }[kind]()
    quarters = page.past.quarters_of(**page.of, **of)
    if newest and not quarters:
        return Group()
    return page.past.group(quarters[-1] if newest else page.quarter, **{**page.of, **of})


def over_time(page: Page, table: Table, slug: str) -> None:
    """A table with a quarter in each row, newest first; those between that have no figures are there, too."""
    published = page.past.quarters_of(**page.of)
    expected = [published[-1]]
    while expected[-1] > published[0]:
        expected.append(before(expected[-1]))
    if [heading.text[:9] for heading, _ in table.lines] != [label(quarter) for quarter in expected]:
        page.wrong.append(f"{page.address}: quarters {[heading.text for heading, _ in table.lines]}")
    for quarter, (heading, cells) in zip(expected, table.lines, strict=False):
        heading.seen = True
        if quarter not in published or len(cells) == 1:
            page.says(cells[0], what=f"in {label(quarter)}")
            if quarter in published and page.group(quarter).found(slug, page.method).value is not None:
                page.wrong.append(f"{page.address}: {label(quarter)} has figures")
            continue
        _quarter(page, table, quarter, cells, slug)


def _quarter(page: Page, table: Table, quarter: Quarter, cells: list[Element], slug: str) -> None:
    group = page.group(quarter)
    change, same, surveys = page.changes(slug, quarter, before(quarter))
    for name, element in zip(table.headings[1:], cells, strict=True):
        what = f"under {name} in {label(quarter)}"
        if name in NAMES:
            cell(page, element, group.found(NAMES[name], page.method), what)
        elif name == "Same surveys" and "survey" in element.text.removeprefix("Same"):
            page.says(element, same, words.counted(surveys, "survey"), what=what)
        elif name in VOLUMES or (name in ("HISPs", "Surveys") and "Customers" in table.headings):
            page.says(element, *fact(name, group), what=what)
        elif not details(
            page, name, element, group.found(slug, page.method), (change, same), at_most=slug == "combined"
        ):
            page.wrong.append(f"{page.address}: nobody recomputes the column “{name}”")


def of_entities(page: Page, table: Table, group_of: Callable[[str], Group], slug: str) -> None:
    """A table with a HISP, a service or a department in each row, told by the address its heading leads to."""
    for heading, cells in table.lines:
        link = heading.first("a")
        assert link is not None, heading.text
        group = group_of(link.attributes["href"])
        heading.seen = True
        if "colspan" in cells[-1].attributes:
            if any(slug_ in row.answers for row in group for slug_ in (DOMAINS if slug == "combined" else [slug])):
                page.wrong.append(f"{page.address}: {heading.text} has figures")
            page.says(cells[-1])
            continue
        for name, element in zip(table.headings[1:], cells, strict=True):
            what = f"under {name} beside {heading.text}"
            if name in NAMES:
                cell(page, element, group.found(NAMES[name], page.method), what)
            elif name == "Response rate":
                page.says(element, response_rate(group), what=what)
            elif name in ("Surveys", "HISPs") and slug == "combined":
                number = len(group) if name == "Surveys" else len({row.hisp for row in group})
                page.says(element, words.count(number), what=what)
            elif name == "Department":
                element.seen = True
            elif name == "Quarter":
                page.says(element, label(group[0].quarter), what=what)
            elif name == "Trend" and (picture := element.first("svg")):
                line(page, picture, lambda quarter, group=group: page.past.group(quarter, hisp=group[0].hisp))
            elif not details(
                page, name, element, group.found(slug, page.method), ("", ""), at_most=slug == "combined"
            ):
                page.wrong.append(f"{page.address}: nobody recomputes the column “{name}”")
