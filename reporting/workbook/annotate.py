"""The reporter's own file back, with every problem where it is: cells colored and commented, and a list in front.

All else in the file stays byte for byte what it was: stamp, drop-downs, protection, stored results, other comments. A
copy that was annotated before gets the new marks instead of the old ones.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from reporting.workbook import guard, problemsheet, spec
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, SEVERITIES, Cell, Problem
from reporting.workbook.manifest import STYLES
from reporting.workbook.marks import EMPTY, Styles
from reporting.workbook.notes import Notes
from reporting.workbook.package import Package, local
from reporting.workbook.places import number_of
from reporting.workbook.sheetcells import Place, SheetCells, index
from reporting.workbook.texts import cleaned, key

_MOST_IN_COMMENTS = 1000  # problems told in comments; each makes up to 20 elements, the guard takes 30,000 in a part
_MOST_TOLD = 5  # problems in one comment
_ORDER = (ERROR, EXPLAIN, NOTE)  # a cell with several gets the color of the worst


def annotate(data: bytes, problems: Iterable[Problem]) -> bytes:
    """Raises guard.Refused for bytes that are not safe to open, and nothing for a file that the reader could open."""
    guard.inspect(data)
    told = list(problems)
    package = Package(data)
    styles = styles_in(package)
    _remove_former_list(package)
    titles = {key(title): title for title in reversed(package.sheets())}
    by_sheet = _by_cell(told)
    room = _MOST_IN_COMMENTS
    for title, part in package.sheets().items():
        marked = by_sheet.get(key(title), {}) if titles[key(title)] == title else {}
        with suppress(ValueError, LookupError, AttributeError):  # odd parts of one sheet do not cost the others theirs
            _mark(package.tree(part), styles, {place: _worst(each) for place, each in marked.items()})
            room -= _comment(package, part, marked, room)
    taken = {key(title) for title in package.sheets()}
    name = next(name for name in (*spec.PROBLEMS, "Problems found here") if key(name) not in taken)
    package.add_sheet(name, problemsheet.sheet(told, styles, lambda sheet: titles.get(key(sheet))))
    return package.save()


def _by_cell(problems: list[Problem]) -> dict[str, dict[Place, list[tuple[Cell, Problem]]]]:
    found: dict[str, dict[Place, list[tuple[Cell, Problem]]]] = {}
    for problem in problems:
        for cell in dict.fromkeys((problem.cell, *problem.related)):
            if cell is not None and 0 < number_of(cell.column) <= spec.LAST_COLUMN and 0 < cell.row <= spec.LAST_ROW:
                place = (cell.row, number_of(cell.column))
                found.setdefault(key(cell.sheet), {}).setdefault(place, []).append((cell, problem))
    return {sheet: dict(sorted(cells.items())) for sheet, cells in found.items()}


def _worst(told: list[tuple[Cell, Problem]]) -> str:
    return min((p.severity for _, p in told), key=lambda severity: _ORDER.index(severity) if severity in _ORDER else 9)


def unmark(package: Package, styles: Styles) -> None:
    """Takes the marks and the list of a former time away, where there are any."""
    before = len(package.sheet_list())
    _remove_former_list(package)
    if len(package.sheet_list()) == before:
        return
    package.show_first()
    for part in package.sheets().values():
        with suppress(ValueError, LookupError, AttributeError):
            _mark(package.tree(part), styles, {})
            Notes(package, part).save()


def styles_in(package: Package) -> Styles:
    """The styles of the file; made when it has none. The reader finds them by their name alone."""
    found = package.related(package.workbook, "styles")
    if not found:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
        package.put_part(STYLES, package.parts.get(STYLES, EMPTY), kind)
        package.relate(package.workbook, "styles", STYLES)
    return Styles(package.tree(found[0] if found else STYLES))


def _remove_former_list(package: Package) -> None:
    for title, part in package.sheets().items():
        if key(title) in map(key, spec.PROBLEMS) and problemsheet.is_ours(package, part):
            package.remove_sheet(title)


def _comment(package: Package, part: str, marked: dict[Place, list[tuple[Cell, Problem]]], room: int) -> int:
    """Returns how many problems it told, `room` at most."""
    notes, count = Notes(package, part), 0
    for told in marked.values():
        if count + min(len(told), _MOST_TOLD) <= room:
            notes.write(told[0][0].address, list(_words(told)))
            count += min(len(told), _MOST_TOLD)
    notes.save()
    return count


def _words(told: list[tuple[Cell, Problem]]) -> Iterator[tuple[str, str]]:
    """The severity first, so that the color is never needed to know it."""
    for n, (cell, problem) in enumerate(told[:_MOST_TOLD]):
        lines = [problem.found_in(cell), problem.expected and f"Expected: {problem.expected}"]
        lines.append(problem.fix and f"How to fix it: {problem.fix}")
        said = "\n".join(cleaned(line)[:1000] for line in lines if line)
        yield ("\n\n" * (n > 0)) + SEVERITIES.get(problem.severity, problem.severity), f": {said}"
    if len(told) > _MOST_TOLD:
        yield "", f"\n\nAnd {len(told) - _MOST_TOLD} more: see the sheet {spec.PROBLEMS[0]}."


def _mark(sheet: Element, styles: Styles, severities: dict[Place, str]) -> None:
    """Colors the cells, makes those that the file leaves out, and takes former colors away."""
    _deselect(sheet)
    cells, waiting = SheetCells(sheet), dict(severities)
    if cells.data is None:
        return
    for place, cell in cells:
        _recolor(cell, styles, waiting.pop(place, None))
    for place, severity in waiting.items():
        _recolor(cells.make(place), styles, severity)


def _recolor(cell: Element, styles: Styles, severity: str | None) -> None:
    style = index(cell.get("s"))
    plain = styles.unmarked(style)
    wanted = styles.marked(plain, severity) if severity else plain
    if wanted != style:
        cell.set("s", str(wanted))


def _deselect(sheet: Element) -> None:
    """The list is shown first; two selected sheets would be edited together."""
    for view in sheet.iter():
        if local(view) == "sheetData":
            return
        if local(view) == "sheetView" and view.get("tabSelected"):
            view.set("tabSelected", "0")
