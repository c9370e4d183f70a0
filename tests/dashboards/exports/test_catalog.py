"""The catalog against the fields and forms that DCAT-US 1.1 asks for (resources.data.gov/resources/dcat-us)."""

import json
import re

import pytest
from django.test import Client

from dashboards.datasets import DATASETS
from tests.dashboards.downloads import body
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
SITE = "https://hisp.example.gov"
REQUIRED = {
    *("title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel"),
}
KNOWN = REQUIRED | {
    *("@type", "accrualPeriodicity", "describedBy", "describedByType", "distribution", "landingPage", "language"),
    *("spatial", "temporal", "license", "bureauCode", "programCode"),
}
MAIL = re.compile(r"mailto:[\w.-]+@[\w.-]+\.[\w.-]+")
DAY = r"\d{4}-\d{2}-\d{2}"
MOMENT = re.compile(rf"{DAY}T\d{{2}}:\d{{2}}:\d{{2}}(Z|[+-]\d{{2}}:\d{{2}})")
MEDIA_TYPE = re.compile(r"[-\w]+/[-\w]+(\.[-\w]+)*([+][-\w]+)?")


@pytest.fixture
def catalog(settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = SITE, "hisp@example.gov"
    for quarter in ("2021-q1", "2021-q3"):
        published_submission("va-vha", quarter, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    return read()


def read():
    return json.loads(Client().get("/data.json").content)


def test_catalog_names_its_standard_and_holds_every_dataset(catalog):
    assert catalog["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert catalog["@type"] == "dcat:Catalog"
    assert catalog["@context"].startswith("https://")
    assert catalog["@id"] == f"{SITE}/data.json"
    assert [one["identifier"] for one in catalog["dataset"]] == [f"{SITE}/data/{slug}" for slug in DATASETS]


def test_every_dataset_has_the_required_fields_and_none_that_the_standard_does_not_know(catalog):
    for one in catalog["dataset"]:
        assert set(one) >= REQUIRED
        assert set(one) <= KNOWN
        assert all(one[field] for field in REQUIRED)
        assert one["@type"] == "dcat:Dataset"
        assert one["accessLevel"] == "public"
        assert len(one["keyword"]) == len(set(one["keyword"])) >= 1


def test_license_is_that_of_federal_works_until_the_owner_names_another(catalog, settings):
    assert {one["license"] for one in catalog["dataset"]} == {"https://www.usa.gov/government-works"}
    settings.DATA_LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert read()["dataset"][0]["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    settings.DATA_LICENSE = ""
    assert "license" not in read()["dataset"][0]


def test_codes_of_a_federal_owner_stand_in_every_dataset_once_they_are_set(catalog, settings):
    assert all("bureauCode" not in one and "programCode" not in one for one in catalog["dataset"])
    settings.BUREAU_CODES, settings.PROGRAM_CODES = ["100:55"], ["029:001"]
    for one in read()["dataset"]:
        assert (one["bureauCode"], one["programCode"]) == (["100:55"], ["029:001"])


def test_every_text_is_filled_and_every_address_is_absolute(catalog):
    for one in catalog["dataset"]:
        assert all(isinstance(one[field], str) for field in ("title", "description", "identifier", "modified"))
        assert all(isinstance(word, str) and word for word in one["keyword"])
        assert set(one["publisher"]) >= {"name"}
        assert set(one["contactPoint"]) >= {"fn", "hasEmail"}
        places = [one[field] for field in ("identifier", "landingPage", "describedBy", "license")]
        for each in one["distribution"]:
            assert set(each) >= ({"downloadURL", "mediaType", "format"} if "downloadURL" in each else {"accessURL"})
            places += [each[field] for field in ("downloadURL", "accessURL", "describedBy") if field in each]
        assert [place for place in places if not re.fullmatch(r"https://[^\s/]+/\S*", place)] == []


def test_address_for_questions_has_the_form_of_the_standard_before_anybody_sets_it():
    assert MAIL.fullmatch(read()["dataset"][0]["contactPoint"]["hasEmail"])


def test_moments_periods_and_the_contact_have_the_forms_of_the_standard(catalog):
    for one in catalog["dataset"]:
        assert MOMENT.fullmatch(one["modified"])
        assert one["accrualPeriodicity"] == "R/P3M"
        assert one["temporal"] == "2020-10-01/2021-06-30"
        assert one["contactPoint"] == {
            "@type": "vcard:Contact",
            "fn": "HISP Quarterly",
            "hasEmail": "mailto:hisp@example.gov",
        }
        assert one["publisher"] == {"@type": "org:Organization", "name": "HISP Quarterly"}


def test_every_dataset_is_there_in_every_kind_with_its_media_type(catalog):
    for one in catalog["dataset"]:
        downloads = [each for each in one["distribution"] if "downloadURL" in each]
        assert [each["format"] for each in downloads] == ["CSV", "JSON", "Excel"]
        for each in downloads:
            assert each["@type"] == "dcat:Distribution"
            assert MEDIA_TYPE.fullmatch(each["mediaType"])
            answer = Client().head(each["downloadURL"].removeprefix(SITE))
            assert answer.status_code == 200
            assert answer["Content-Type"].split(";")[0] == each["mediaType"]
        assert any("accessURL" in each for each in one["distribution"])


def test_addresses_of_the_catalog_lead_somewhere(catalog):
    told = set(re.findall(rf'{SITE}(/[^"#]*)', json.dumps(catalog)))
    told -= {f"/data/{slug}" for slug in DATASETS}  # names, which need not lead anywhere
    assert {address: Client().get(address).status_code for address in told} == dict.fromkeys(told, 200)


def test_landing_page_has_a_place_for_every_dataset(catalog):
    page = Client().get("/data/").content.decode()
    for one in catalog["dataset"]:
        assert f'id="{one["landingPage"].partition("#")[2]}"' in page


def test_dictionary_has_a_place_for_every_dataset(catalog):
    page = body("/data/dictionary/").decode()
    for one in catalog["dataset"]:
        assert f'id="{one["describedBy"].partition("#")[2]}"' in page


def test_catalog_before_the_first_publication_has_no_period():
    first = json.loads(Client().get("/data.json").content)["dataset"][0]
    assert "temporal" not in first
    assert first["modified"] == "R/P3M"
