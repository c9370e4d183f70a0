"""Checks before a file is opened."""

from reporting.workbook.cells import NOTE
from reporting.workbook.check import Check

_SAVE_AS = "Open it in Excel, choose File › Save As › Excel Workbook (.xlsx), and upload that."
_FILL_IN = "Fill in the template that you downloaded, and upload it as .xlsx."
_FRESH = "Copy your figures into a freshly downloaded template and upload that."
_GOOD = "The filled template, saved as Excel Workbook (.xlsx)."


def _format(name: str, what: str, bad: str, fix: str = _FILL_IN) -> Check:
    why = "Only the downloaded template says for which HISP and quarter it is, and where each figure stands."
    return Check(name, f"{what} instead of the filled template as .xlsx.", why, bad, _GOOD, fix)


CHECKS = (
    Check(
        "file_empty",
        "A file of 0 bytes.",
        "Something went wrong while it was saved or sent.",
        "0 bytes.",
        _GOOD,
        "Save the workbook and upload it again.",
    ),
    Check(
        "file_too_large",
        "A file of more than 5 MB.",
        "A filled template has about 50 KB; what is larger holds pictures or other sheets.",
        "12 MB with screenshots.",
        _GOOD,
        "Remove pictures and sheets that are not part of the template, save, and upload it again.",
    ),
    Check(
        "file_damaged",
        "A file that cannot be read: cut off, or parts of it missing, twice or out of order.",
        "Programs disagree on what such a file says, so no figure from it can be trusted.",
        "Half of a download.",
        _GOOD,
        "Open it in Excel, save it under a new name and upload that.",
    ),
    Check(
        "file_unsafe",
        "A file built in ways that no spreadsheet program builds files.",
        "Such files are made to exhaust or mislead the program that opens them.",
        "5 KB that unpack to 5 GB.",
        _GOOD,
        _FRESH,
    ),
    Check(
        "file_too_complex",
        "A workbook that takes too long, or too much memory, to read.",
        "Reading has limits, so that one file cannot stop the work of everybody else.",
        "Hundreds of thousands of styled cells.",
        _GOOD,
        "Copy your figures, as values, into a freshly downloaded template and upload that.",
    ),
    Check(
        "password_protected",
        "A file that is protected with a password.",
        "It cannot be read without the password, which should not be sent.",
        "Encrypted with Password.",
        _GOOD,
        "In Excel: File › Info › Protect Workbook › Encrypt with Password, clear the password, save and upload.",
    ),
    _format("format_xls", "The old Excel format", "report.xls", _SAVE_AS),
    _format("format_xlsb", "The binary Excel format", "report.xlsb", _SAVE_AS),
    _format("format_xlsm", "A workbook with macros", "report.xlsm", _SAVE_AS),
    _format("format_xltx", "An Excel template", "report.xltx", _SAVE_AS),
    _format(
        "format_strict",
        "A workbook in Strict Open XML",
        "Saved as “Strict Open XML Spreadsheet”.",
        "In Excel: File › Save As, choose “Excel Workbook (.xlsx)” and not “Strict Open XML Spreadsheet”.",
    ),
    _format("format_ods", "An OpenDocument spreadsheet", "report.ods", _SAVE_AS),
    _format(
        "format_numbers",
        "An Apple Numbers document",
        "report.numbers",
        "In Numbers: File › Export To › Excel, and upload that file.",
    ),
    _format(
        "format_link",
        "A link to a Google Sheet",
        "report.gsheet",
        "In Google Sheets: File › Download › Microsoft Excel (.xlsx), and upload that file.",
    ),
    _format("format_csv", "A text file with separated values", "report.csv"),
    _format("format_text", "A text file", "notes.txt"),
    _format("format_xml", "An XML file, or XML Spreadsheet 2003", "report.xml", _SAVE_AS),
    _format("format_html", "A web page, whatever its name says", "An export that is named .xls.", _SAVE_AS),
    _format("format_document", "A document or presentation", "report.docx"),
    _format("format_pdf", "A PDF document", "report.pdf"),
    _format("format_picture", "A picture", "A screenshot of the sheet."),
    _format("format_program", "A program", "setup.exe"),
    _format("format_archive", "A compressed archive", "report.7z"),
    _format("format_zip", "A zip archive", "The workbook inside report.zip.", "Upload the workbook itself."),
    _format("format_zip_empty", "An empty zip archive", "An archive without files."),
    _format("format_unknown", "A file of no known kind", "Bytes that no program recognizes."),
    _format("no_cells", "A workbook of charts alone", "Only chart sheets."),
    Check(
        "embedded_objects",
        "Embedded documents and controls.",
        "They can carry programs, and nothing in them is read.",
        "A Word file inside the sheet.",
        _GOOD,
        "Delete the embedded objects, save, and upload the file again.",
    ),
    Check(
        "data_connection",
        "Connections to outside data.",
        "A report must not change with a source that nobody else sees.",
        "Figures from a query.",
        "Figures as values.",
        "In Excel: Data › Queries & Connections, delete the connections, save, upload again.",
    ),
    Check(
        "external_link",
        "A cell that takes its value from another workbook.",
        "The other workbook is not here, so nobody can see whether the value is right.",
        "='[last year.xlsx]Sheet1'!B4",
        "930000",
        "Type the value over the formula.",
    ),
    Check(
        "external_links",
        "Links to other workbooks that no figure uses.",
        "They are not followed.",
        "A link left over on a sheet of your own.",
        "No links.",
        "Nothing to do, unless a figure should have come from there.",
        NOTE,
    ),
    Check(
        "outside_form",
        "Data outside the form area.",
        "A stray cell far away makes a workbook a thousand times as large to read; it may also be a figure that "
        "would get lost.",
        "A number in XFD1048576.",
        "Figures in the table only.",
        "Clear that cell, and everything outside the form, and save.",
    ),
    Check(
        "file_missing",
        "A file that is not there, on the command line.",
        "There is nothing to check.",
        "check_workbook no-such-file.xlsx",
        "check_workbook report.xlsx",
        "Check the path.",
    ),
)
