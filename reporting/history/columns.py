"""The columns of OMB's published collections file, without their prefix."""

from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS

VOLUMES = {
    "customers": "volume_of_customers",
    "offered": "volume_of_customers_provided_survey_opportunity",
    "respondents": "volume_of_respondents",
}
_NAMES = ("organization_name", "service_provider_name", "service_name", "service_provided")
_SEVEN = range(1, len(DOMAIN_BY_SLUG) + 1)
_EXTRA = range(len(DOMAIN_BY_SLUG) + 1, len(QUESTION_SLUGS) + 1)


def _question_columns(number: int) -> list[str]:
    return [f"q{number}_text", *(f"q{number}_{answer}" for answer in range(1, 6))]


REQUIRED = (
    "collection_year",
    "collection_quarter",
    *_NAMES,
    "transaction_point",
    "channel",
    *VOLUMES.values(),
    "omb_control_number",
    "federal_register_url",
    *(column for number in _SEVEN for column in _question_columns(number)),
)
OPTIONAL = (
    "organization_abbreviation",
    "operational_metrics",
    "created_at",
    "updated_at",
    *(column for number in _EXTRA for column in _question_columns(number)),
    *(f"q{number}_point_scale" for number in (*_SEVEN, *_EXTRA)),
)
