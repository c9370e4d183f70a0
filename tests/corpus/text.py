"""H: texts that want to be more than text, and texts that are less. KEPT says what is stored of the accepted ones."""

from reporting.workbook import spec
from tests.corpus.base import Item
from tests.corpus.making import Make, inline, with_xml
from tests.reporting.workbook.workbooks import cell_of

REFLECTION = "Cover!B11"
PROVIDED = cell_of(spec.TOUCHPOINTS, "service_provided")
SERVICE = cell_of(spec.TOUCHPOINTS, "service")
URL = cell_of(spec.TOUCHPOINTS, "collection_url")
WORDING = cell_of(spec.RESPONSES, "wording")
EMAIL = "Cover!B10"

ZALGO = "".join(f"{letter}\u0335\u0321\u035d\u0344" for letter in "waiting")

# What stands in the file, and what is kept of it.
_ACCEPTED = {
    "NUL escape": ("before_x0000_after", "beforeafter"),
    "carriage return escape": ("one_x000D_\ntwo", "one\ntwo"),
    "control escapes": ("bell_x0007_ and escape_x001B_[31m", "bell and escape[31m"),
    "lone surrogate": ("half _xD83D_ a pair", "half  a pair"),
    "surrogates in escapes": ("party _xD83C__xDF89_", "party 🎉"),
    "escape that is meant": ("write _x005F_x000D_ so", "write _x000D_ so"),
    "right-to-left override": ("safe\u202egpj.exe", "safegpj.exe"),
    "isolates": ("a\u2066b\u2069c", "abc"),
    "line separators": ("one\u2028two\u2029three", "one\ntwo\nthree"),
    "zalgo": (ZALGO, ZALGO),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "out of an attribute": ('"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'),
    "template": ("{{7*7}} {% debug %} ${7*7}", "{{7*7}} {% debug %} ${7*7}"),
    "SQL": ("'; DROP TABLE reporting_submission; --", "'; DROP TABLE reporting_submission; --"),
    "path": ("../../etc/passwd", "../../etc/passwd"),
    "line ends": ("one\r\n\r\ntwo", "one\n\ntwo"),
    "command": ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    "plus": ("+1 555 0100", "+1 555 0100"),
    "minus": ("- waiting\n- parking", "- waiting\n- parking"),
    "at": ("@everyone waits", "@everyone waits"),
    "tab": ("\t=1+1", "=1+1"),
    "carriage return": ("_x000D_=1+1", "=1+1"),
    "link formula": ('=HYPERLINK("http://example.com","Click")', '=HYPERLINK("http://example.com","Click")'),
    "one long word": ("w" * 5000, "w" * 5000),
    "curly quotes": ("“That’s ‘it’ …” – é", "“That’s ‘it’ …” – é"),
    "emoji": ("👩‍⚕️👍🏽", "👩‍⚕️👍🏽"),
    "spaces around": ("\u00a0 two lines \n \u2003", "two lines"),
}
KEPT = {id_: kept for id_, (_, kept) in _ACCEPTED.items()}


def _in(place: str, text: str) -> Make:
    return with_xml(place, inline(text))


def refused(id_: str, place: str, text: str, rule: str, says: str) -> Item:
    return Item("H", id_, _in(place, text), rule, says, place)


_RICH = '<c {at} t="inlineStr"><is><r><t>Waiting </t></r><r><rPr><b/></rPr><t>hurts.</t></r></is></c>'
_PHONETIC = '<c {at} t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>'
KEPT |= {"rich text": "Waiting hurts.", "phonetic text": "東京"}

ITEMS = [
    *(Item("H", id_, _in(REFLECTION, text), is_accepted=True) for id_, (text, _) in _ACCEPTED.items()),
    Item("H", "rich text", with_xml(REFLECTION, _RICH), is_accepted=True),
    Item("H", "phonetic text", with_xml(REFLECTION, _PHONETIC), is_accepted=True),
    *(
        Item("H", id_, _in(REFLECTION, text), "reflection_missing", "is blank", REFLECTION, is_accepted=True)
        for id_, text in (("zero width only", "\u200b\u200d\ufeff"), ("no-break spaces only", "\u00a0\u00a0"))
    ),
    refused("too long", REFLECTION, "w" * 5001, "text_too_long", "The text has 5,001 characters. Shorten it to 5,000"),
    refused("longer than any cell", REFLECTION, "w " * 20_000, "text_too_long", "Shorten it to 5,000"),
    refused("too long in a table", PROVIDED, "w" * 501, "text_too_long", "Shorten it to 500"),
    refused("nothing to be seen", PROVIDED, "\u200b", "required", "Service provided is blank."),
    refused("homoglyphs", SERVICE, "Cоmmunity Care", "service_unknown", "is not a designated service"),
    refused("link that runs", URL, "javascript:alert(1)", "collection_url_shape", "is not a web address"),
    refused("link to data", URL, "data:text/html,<script>", "collection_url_shape", "is not a web address"),
    refused("words for an address", EMAIL, "see below", "email_shape", "Write it like name@agency.gov."),
    refused("name and address", EMAIL, "Robin <robin@example.gov>", "email_shape", "Write robin@example.gov."),
    Item("H", "text that cannot be", with_xml(REFLECTION, inline("a").replace(">a<", ">&#1;<")), "file_damaged"),
]
