"""I: entries that must be one of a list, numbers with a shape, and the place of the whole workbook."""

from datetime import date

from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter
from reporting.workbook import spec
from tests import factories
from tests.corpus.base import Item
from tests.corpus.making import genuine, inline, stamped, with_cells, with_xml
from tests.reporting.workbook.workbooks import QUARTER, cell_of

CHANNEL = cell_of(spec.TOUCHPOINTS, "channel")
SERVICE = cell_of(spec.TOUCHPOINTS, "service")
NUMBER = cell_of(spec.TOUCHPOINTS, "control_number")
URL = cell_of(spec.TOUCHPOINTS, "collection_url")
SCALE = cell_of(spec.TOUCHPOINTS, "scale")
PUBLISHABLE = cell_of(spec.TOUCHPOINTS, "publishable")
ASKED = cell_of(spec.RESPONSES, "asked")
QUESTION = cell_of(spec.RESPONSES, "domain")
SURVEY = cell_of(spec.RESPONSES, "survey")
NOT_OURS = "is not a designated service of this HISP. Choose a service from the list. If it is missing there, ask OMB"


def _has_passports(hisp: Hisp, quarter: Quarter) -> None:
    factories.hisp("dos-ca").services.create(name="Passport Services", slug="dos-ca-passports")


def _has_retired(hisp: Hisp, quarter: Quarter) -> None:
    hisp.services.create(name="Fax Desk", slug="va-vha-fax", last_day=date(2020, 9, 30))


def item(id_: str, place: str, value: object, rule: str, says: str) -> Item:
    return Item("I", id_, with_cells({place: value}), rule, says, place)


def accepted(id_: str, place: str, value: object, rule: str = "") -> Item:
    return Item("I", id_, with_cells({place: value}), rule, "", place if rule else "", is_accepted=True)


ITEMS = [
    item("unknown channel", CHANNEL, "Carrier pigeon", "not_in_list", "Choose an entry of the cell’s drop-down list"),
    item("misspelt channel", CHANNEL, "Web site visit", "not_in_list", "“Web site visit” is not in the list."),
    item("channel by another name", CHANNEL, "Telephone", "not_in_list", "Was “Phone” meant?"),
    item("mixed channel", CHANNEL, "Mixed", "not_in_list", "“Mixed” is not in the list."),
    item("blank channel", CHANNEL, None, "channel_missing", "The channel is blank."),
    item("unknown service", SERVICE, "Parks", "service_unknown", NOT_OURS),
    Item(
        "I",
        "service of another HISP",
        with_cells({SERVICE: "Passport Services"}),
        "service_unknown",
        f"“Passport Services” {NOT_OURS}",
        SERVICE,
        prepare=_has_passports,
    ),
    Item(
        "I",
        "retired service",
        with_cells({SERVICE: "Fax Desk"}),
        "service_unknown",
        f"“Fax Desk” {NOT_OURS}",
        SERVICE,
        prepare=_has_retired,
    ),
    item("number that lost a zero", NUMBER, 6900035, "control_number_shape", "Was 0690-0035 meant?"),
    item("number of another shape", NUMBER, "2900-77", "control_number_shape", "like 2900-0770"),
    item("heading for a number", NUMBER, "OMB Control Number", "control_number_shape", "is not an OMB control number"),
    item("two numbers", NUMBER, "2900-0770 or 3090-0297", "control_number_shape", "is not an OMB control number"),
    item("Arabic digits", NUMBER, "٢٩٠٠-٠٧٧٠", "control_number_shape", "is not an OMB control number"),
    item("address without a scheme", URL, "www.reginfo.gov/x", "collection_url_shape", "is not a web address"),
    item("address of a file", URL, "file:///C:/clearance.pdf", "collection_url_shape", "is not a web address"),
    item("unknown scale", SCALE, "Seven-point", "not_in_list", "Choose one of these: “Five-point”"),
    item("scale without conversion", SCALE, "Ten-point", "conversion_missing", "Say under Conversion"),
    item("neither yes nor no", PUBLISHABLE, "Maybe", "not_in_list", "Choose one of these: “Yes”, “No”."),
    item("no without a reason", PUBLISHABLE, "No", "publishable_reason", "the reason is blank"),
    item("not asked, but answered", ASKED, "No", "not_asked_with_answers", "Choose Yes under Asked?"),
    item("unknown question", QUESTION, "Happiness", "not_in_list", "“Happiness” is not in the list."),
    item("survey number that is none", SURVEY, 99, "too_large", "99 is more than 80."),
    item("survey without a row", SURVEY, 12, "survey_unknown", "Survey 12 has answers here"),
    Item("I", "quarter before", stamped(genuine(quarter=QUARTER.previous)), "other_quarter", "not for FY2021 Q3"),
    Item("I", "future quarter", stamped(genuine(quarter=FiscalQuarter(2099, 1))), "other_quarter", "FY2099 Q1"),
    accepted("channel in another case", CHANNEL, " e-MAIL "),
    accepted("channel by its short name", CHANNEL, "mobile_app"),
    accepted("service in another case", SERVICE, "community  CARE"),
    accepted("number without a hyphen", NUMBER, 29000770),
    accepted("number in words", NUMBER, "OMB 2900-0770  EXP 3/31/24"),
    accepted("expired number", NUMBER, "2900-0770 EXP 3/31/20", "control_number_expired"),
    accepted("no number", NUMBER, "N/A", "control_number_missing"),
    accepted("no address", URL, "N/A", "collection_url_missing"),
    Item("I", "yes as Excel writes it", with_xml(ASKED, '<c {at} t="b"><v>1</v></c>'), is_accepted=True),
    Item("I", "en dash in a number", with_xml(NUMBER, inline("2900–0770")), is_accepted=True),
]
