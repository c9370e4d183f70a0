"""E: more rows, columns, styles or settings than a form can need; small files that would keep a reader busy."""

from collections.abc import Callable

from reporting.workbook import guard, spec
from tests.corpus.base import STRINGS, Item, having, shared
from tests.corpus.package import edited
from tests.reporting.workbook.workbooks import complete, part_of, parts_of, patched, zipped

RESPONSES = part_of(spec.RESPONSES)
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
UNSAFE, DAMAGED, OUTSIDE = "file_unsafe", "file_damaged", "outside_form"
DATA_OUTSIDE = "There is data outside the form area."
TOO_LARGE = "unpacks to more than"


def _rows(xml: str) -> Callable[[], bytes]:
    return lambda: patched(complete(), RESPONSES, "</sheetData>", f"{xml}</sheetData>")


def _many_rows(first: int, count: int, cells: str = "") -> Callable[[], bytes]:
    """`{0}` in `cells` is the row's number."""
    row = f'<row r="{{0}}">{cells}</row>'
    return lambda: _rows("".join(map(row.format, range(first, first + count))))()


def _after_rows(xml: str) -> Callable[[], bytes]:
    return lambda: patched(complete(), RESPONSES, "</sheetData>", f"</sheetData>{xml}")


def _many(part: str, before: str, xml: str, count: int) -> Callable[[], bytes]:
    """`{}` in `xml` is its number."""

    def make() -> bytes:
        text = parts_of(complete())[part]
        assert before.encode() in text
        more = "".join(xml.format(n) for n in range(count)).encode()
        return having({part: text.replace(before.encode(), more + before.encode(), 1)})

    return make


def _many_texts(count: int) -> Callable[[], bytes]:
    texts = lambda: b"".join(b"<si><t>%d</t></si>" % n for n in range(count))  # noqa: E731
    return lambda: zipped(
        parts_of(shared()) | {STRINGS: parts_of(shared())[STRINGS].replace(b"</sst>", texts() + b"</sst>")}
    )


def _item(id_: str, data: Callable[[], bytes], rule: str, says: str, cell: str = "") -> Item:
    return Item("E", id_, data, rule, says, cell)


NUMBER = '<c r="A{0}"><v>{0}</v></c>'
ITEMS = [
    _item("1,000,000 empty rows", _many_rows(900, 1_000_000), UNSAFE, TOO_LARGE),
    _item("1,000,000 styled rows", _many_rows(900, 1_000_000, '<c r="A{0}" s="1"/>'), UNSAFE, TOO_LARGE),
    _item("250,000 numbers", _many_rows(900, 250_000, NUMBER), UNSAFE, TOO_LARGE),
    _item("170,000 empty rows", _many_rows(900, 170_000), UNSAFE, "far more cells than the template"),
    _item(
        "110,000 styled rows",
        _many_rows(900, 110_000, '<c r="A{0}" s="1"/>'),
        UNSAFE,
        "far more cells than the template",
    ),
    _item("30,000 numbers", _many_rows(900, 30_000, NUMBER), OUTSIDE, DATA_OUTSIDE, "Responses!A1001"),
    _item(
        "XFD1048576",
        _rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        "Responses!XFD1048576",
    ),
    _item(
        "A1048576",
        _rows('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        "Responses!A1048576",
    ),
    _item(
        "text at XFD1",
        edited(part_of(spec.COVER), "</row>", '<c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        "Cover!XFD1",
    ),
    _item(
        "formula far out",
        _rows('<row r="900"><c r="ZZ900"><f>1+1</f></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        "Responses!ZZ900",
    ),
    _item(
        "row 2,000,000,000",
        _rows('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
        DAMAGED,
        "which Excel cannot have",
    ),
    _item("column ZZZZZZ", _rows('<row r="900"><c r="ZZZZZZ900"><v>1</v></c></row>'), DAMAGED, "is named “ZZZZZZ900”"),
    _item(
        "5,000 sheets",
        _many(WORKBOOK, "</sheets>", '<sheet name="S{0}" sheetId="{0}" r:id="rId{0}"/>', 5_000),
        UNSAFE,
        "far more sheets",
    ),
    _item("1,000,000 fonts", _many(STYLES, "</fonts>", "<font/>", 1_000_000), UNSAFE, "more than 100 times"),
    _item("1,000,000 formats", _many(STYLES, "</cellXfs>", '<xf numFmtId="{}"/>', 1_000_000), UNSAFE, TOO_LARGE),
    _item(
        "200,000 fonts",
        _many(STYLES, "</fonts>", '<font><sz val="{}"/></font>', 200_000),
        UNSAFE,
        "far more",
    ),
    _item("200,000 formats", _many(STYLES, "</cellXfs>", '<xf numFmtId="{}"/>', 200_000), UNSAFE, "far more"),
    _item(
        "500,000 names",
        _many(WORKBOOK, "</workbook>", '<definedName name="n{}"/>', 200_000),
        UNSAFE,
        "far more",
    ),
    _item(
        "40,000 names",
        _many(WORKBOOK, "</workbook>", '<definedName name="n{}">1</definedName>', 40_000),
        UNSAFE,
        "defined names",
    ),
    _item("400,000 texts", _many_texts(400_000), UNSAFE, TOO_LARGE),
    _item("200,000 texts", _many_texts(200_000), UNSAFE, "far more"),
    _item(
        "all merged",
        _after_rows('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        OUTSIDE,
        "Cells are merged far outside",
        "Responses!XFD1048576",
    ),
    _item(
        "60,000 merged",
        _many(RESPONSES, "</worksheet>", '<mergeCell ref="A1:B1" n="{}"/>', 60_000),
        UNSAFE,
        "far more merged cells",
    ),
    _item(
        "all linked",
        _after_rows('<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
        OUTSIDE,
        "A link covers cells far outside",
        "Responses!XFD1048576",
    ),
    _item(
        "100,000 links",
        _many(RESPONSES, "</worksheet>", '<hyperlink ref="A1" location="A{}"/>', 100_000),
        UNSAFE,
        "far more links",
    ),
    _item(
        "100,000 drop-downs",
        _many(RESPONSES, "</worksheet>", '<dataValidation sqref="A{}"/>', 100_000),
        UNSAFE,
        "drop-downs and number rules",
    ),
    _item(
        "100,000 conditional formats",
        _many(RESPONSES, "</worksheet>", '<conditionalFormatting sqref="A{}"/>', 100_000),
        UNSAFE,
        "conditional formats",
    ),
    _item(
        "50,000 comments",
        lambda: having(
            {
                "xl/comments9.xml": b"<comments>%s</comments>"
                % b"".join(
                    b'<comment ref="A%d"><text><t>%d</t></text></comment>' % (n, n * 7919) for n in range(50_000)
                )
            }
        ),
        UNSAFE,
        "far more",
    ),
    _item(
        "a row too many",
        _rows(f'<row r="{spec.LAST_ROW + 1}"><c r="A{spec.LAST_ROW + 1}"><v>1</v></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        f"Responses!A{spec.LAST_ROW + 1}",
    ),
    _item(
        "a column too many",
        _rows('<row r="900"><c r="BI900"><v>1</v></c></row>'),
        OUTSIDE,
        DATA_OUTSIDE,
        "Responses!BI900",
    ),
    _item(
        "a byte too many",
        lambda: complete() + bytes(guard.MOST_BYTES + 1 - len(complete())),
        "file_too_large",
        "the limit is 5 MB",
    ),
]
