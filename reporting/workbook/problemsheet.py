"""The sheet “Problems” of an annotated copy: every problem in a row, with a link to its cells."""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from reporting.workbook import looks, places
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, SEVERITIES, Cell, Problem, summary
from reporting.workbook.marks import COLORS, Styles
from reporting.workbook.package import Package, child
from reporting.workbook.texts import cleaned

TITLE = "What we found in this workbook"
_HEADINGS = ("How serious", "Where", "What it is", "What we found", "What is expected", "How to fix it")
_WIDTHS = (20, 30, 34, 52, 40, 52)
_HEADER_ROW = 5
_MOST = 900  # rows; the form area, which holds for this sheet too when the file comes back, ends at 1,000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SAYS = {
    ERROR: ("{} must be fixed", "{} must be fixed"),
    EXPLAIN: ("{} needs an explanation when you submit", "{} need an explanation when you submit"),
    NOTE: ("{} is for your information", "{} are for your information"),
}


def is_ours(package: Package, part: str) -> bool:
    """Whether a sheet of that name was made here: its title stands in it, or among the shared texts."""
    title = TITLE.encode()
    texts = package.parts.get("xl/sharedStrings.xml", b"")
    return title in package.parts[part] or (title in texts and _first_text(package, part) == TITLE)


def _first_text(package: Package, part: str) -> str:
    cell = next((each for each in package.tree(part).iter() if each.get("r") == "A1"), None)
    value = child(cell, "v") if cell is not None else None
    texts = list(package.tree("xl/sharedStrings.xml"))
    if value is None or not (value.text or "").isdecimal() or int(value.text or 0) >= len(texts):
        return ""
    return "".join(each.text or "" for each in texts[int(value.text or 0)].iter())


def sheet(problems: list[Problem], styles: Styles, title_of: Callable[[str], str | None]) -> bytes:
    """Its XML. `title_of` gives the title that a sheet has in this file, None when it is not there."""
    made = _Rows(styles, title_of)
    shown = problems[:_MOST]
    rows = [made.problem(row, problem) for row, problem in enumerate(shown, start=_HEADER_ROW + 1)]
    if len(problems) > len(shown):
        more = f"… and {len(problems) - len(shown):,} more."
        rows.append(made.line(_HEADER_ROW + len(shown) + 1, more, size=11))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, start=1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="{COLORS[ERROR]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{_HEADER_ROW}" topLeftCell="A{_HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        f"{made.line(1, TITLE, size=18, bold=True, color=looks.NAVY)}{made.line(2, says(problems))}"
        f"{made.line(3, _NEXT)}{made.header()}{''.join(rows)}</sheetData>{made.hyperlinks()}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.8" header="0.3" footer="0.4"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>"
    )
    return xml.encode()


_NEXT = (
    "Correct the colored cells, each has a comment that says how; save this file and upload it again. "
    "This sheet, the colors and the comments are not read."
)


def says(problems: list[Problem]) -> str:
    """“3 must be fixed, 1 needs an explanation when you submit.”"""
    counted = summary(problems)
    parts = [_SAYS[severity][n != 1].format(n) for severity, n in counted.items() if n]
    return f"{', '.join(parts)}." if parts else "We found no problem."


class _Rows:
    """Row after row; `links` fills on the way."""

    def __init__(self, styles: Styles, title_of: Callable[[str], str | None]) -> None:
        self.styles, self.title_of = styles, title_of
        self.links: list[tuple[str, str, str]] = []
        self.body = styles.look()
        self.strong = styles.look(bold=True)
        self.link = styles.look(color="005EA2", underline=True)
        self.severities = {s: styles.look(bold=True, fill=color) for s, color in COLORS.items()}

    def line(self, row: int, text: str, *, size: int = 11, bold: bool = False, color: str = looks.INK) -> str:
        style = self.styles.look(size=size, bold=bold, color=color, boxed=False, wrap=False)
        return _row(row, [(style, text)], height=size * 1.6)

    def header(self) -> str:
        style = self.styles.look(bold=True, color="FFFFFF", fill=f"FF{looks.NAVY}")
        return _row(_HEADER_ROW, [(style, heading) for heading in _HEADINGS], height=22)

    def problem(self, row: int, problem: Problem) -> str:
        cells = [cell for cell in (problem.cell, *problem.related) if cell is not None]
        linked = self._link(f"B{row}", cells)
        looks_and_texts = (
            (self.severities.get(problem.severity, self.body), SEVERITIES.get(problem.severity, problem.severity)),
            (self.link if linked else self.body, places.in_words(cells) or "The whole file"),
            (self.body, problem.label),
            (self.body, problem.found),
            (self.body, problem.expected),
            (self.strong, problem.fix),
        )
        texts = [(text, width) for (_, text), width in zip(looks_and_texts, _WIDTHS, strict=True)]
        return _row(row, looks_and_texts, height=looks.height_for(texts))

    def _link(self, at: str, cells: list[Cell]) -> bool:
        title = self.title_of(cells[0].sheet) if cells else None
        if title is None or not cells[0].column.isupper():
            return False
        first, last = next(area for area in places.areas([c for c in cells if c.sheet == cells[0].sheet]))
        target = first.address if first == last else f"{first.address}:{last.address}"
        quoted = title.replace("'", "''")
        self.links.append((at, f"'{quoted}'!{target}", f"Go to {title}, {target}"))
        return True

    def hyperlinks(self) -> str:
        links = "".join(
            f"<hyperlink ref={quoteattr(at)} location={quoteattr(location)} tooltip={quoteattr(tip[:200])}/>"
            for at, location, tip in self.links
        )
        return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _row(row: int, cells: Iterable[tuple[int, str]], height: float) -> str:
    """From column A on: a style and a text each. Height in points."""
    written = "".join(_text(f"{chr(65 + n)}{row}", *each) for n, each in enumerate(cells))
    return f'<row r="{row}" ht="{height:g}" customHeight="1">{written}</row>'


def _text(at: str, style: int, text: str) -> str:
    """Always as text, whatever it starts with."""
    shown = escape(cleaned(text)[:32_000])
    if not shown:
        return f'<c r="{at}" s="{style}"/>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
