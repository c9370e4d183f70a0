"""The stored results of formulas, which openpyxl cannot write. Without them a formula is blank where nobody computes.

Previews, phones and programs that only read show what is stored. Excel and LibreOffice compute anew when they open
the file. Works on what openpyxl has just written, and on nothing else.
"""

import re
from collections.abc import Mapping
from functools import partial
from xml.sax.saxutils import escape

from reporting.workbook.package import Package

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')


def with_results(data: bytes, results: Mapping[str, Mapping[str, str]]) -> bytes:
    """`results`: title of the sheet -> address -> the text that the formula gives."""
    package = Package(data)
    for title, part in package.sheets().items():
        package.parts[part] = _FORMULA.sub(partial(_stored, results.get(title, {})), package.parts[part])
    return package.save()


def _stored(results: Mapping[str, str], match: re.Match[bytes]) -> bytes:
    address, style, formula = match.groups()
    result = escape(results.get(address.decode(), "")).encode()
    return b'<c r="%s"%s t="str"><f>%s</f><v>%s</v></c>' % (address, style or b"", formula, result)
