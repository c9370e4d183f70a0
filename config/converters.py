"""Address parts that are domain values: `2024-q2` in a URL is a FiscalQuarter in the view."""

from reporting.fiscal import FiscalQuarter


class FiscalQuarterConverter:
    regex = r"\d{4}-[qQ][1-4]"

    def to_python(self, value: str) -> FiscalQuarter:
        return FiscalQuarter.parse(value)

    def to_url(self, value: FiscalQuarter) -> str:
        return value.slug
