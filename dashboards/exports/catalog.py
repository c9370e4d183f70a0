"""The catalog of the datasets as data.gov and its kin read it: DCAT-US 1.1 (Project Open Data Metadata Schema).

https://resources.data.gov/resources/dcat-us/ says what each field is. Whose the data are, and under which license, is
its owner's to say, in the settings.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from dashboards.datasets import DATASETS, Dataset
from dashboards.exports import files
from dashboards.freshness import edition
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter

QUARTERLY = "R/P3M"
_KEYWORDS = ("customer experience", "high impact service providers", "A-11 section 280", "satisfaction", "trust")
_PUBLISHER = "HISP Quarterly"


def catalog() -> dict[str, Any]:
    """2 queries."""
    modified, quarters = edition().changed_at, [one.fiscal for one in Quarter.objects.published()]
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": f"{settings.SITE_URL}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [_dataset(dataset, modified, quarters) for dataset in DATASETS.values()],
    }


def _dataset(dataset: Dataset, modified: datetime | None, quarters: list[FiscalQuarter]) -> dict[str, Any]:
    temporal = f"{quarters[-1].first_day}/{quarters[0].last_day}" if quarters else None
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{settings.SITE_URL}/data/{dataset.slug}",
        "title": f"{dataset.title} of High Impact Service Providers",
        "description": dataset.sentence,
        "keyword": [*_KEYWORDS, dataset.title.lower()],
        "modified": modified.isoformat(timespec="seconds") if modified else QUARTERLY,
        "publisher": {"@type": "org:Organization", "name": _PUBLISHER},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": _PUBLISHER,
            "hasEmail": f"mailto:{settings.CONTACT_EMAIL}",
        },
        "accessLevel": "public",
        **_owner(),
        "accrualPeriodicity": QUARTERLY,
        "language": ["en-US"],
        "spatial": "United States",
        **({"temporal": temporal} if temporal else {}),
        "landingPage": f"{settings.SITE_URL}/data/#{dataset.slug}",
        "describedBy": f"{settings.SITE_URL}/data/dictionary/#file-{dataset.slug}",
        "describedByType": "text/html",
        "distribution": [_distribution(dataset, kind) for kind in files.KINDS] + [_programs(dataset)],
    }


def _owner() -> dict[str, Any]:
    """What the settings leave empty is left out: no field of the standard may be empty."""
    said = {
        "license": settings.DATA_LICENSE,
        "bureauCode": settings.BUREAU_CODES,
        "programCode": settings.PROGRAM_CODES,
    }
    return {field: value for field, value in said.items() if value}


def _distribution(dataset: Dataset, kind: str) -> dict[str, str]:
    return {
        "@type": "dcat:Distribution",
        "title": f"{dataset.title} as {files.KIND_NAMES[kind]}",
        "format": files.KIND_NAMES[kind],
        "mediaType": files.KINDS[kind].split(";")[0],
        "downloadURL": files.address(dataset, kind),
    }


def _programs(dataset: Dataset) -> dict[str, str]:
    return {
        "@type": "dcat:Distribution",
        "title": f"{dataset.title} for programs, with filters",
        "format": "API",
        "accessURL": files.address(dataset, "json"),
        "describedBy": f"{settings.SITE_URL}/data/openapi.json",
        "describedByType": "application/json",
    }
