"""Template filters over dashboards.formats, for pages that print numbers which are not text yet."""

from decimal import Decimal
from fractions import Fraction

from django import template

from dashboards import formats

register = template.Library()

register.filter("score", formats.score)
register.filter("change", formats.change)
register.filter("growth", formats.growth)
register.filter("count", formats.count)
register.filter("quantity", formats.plain)
register.filter("day", formats.day)


@register.filter
def percent(value: Fraction | Decimal | None) -> str:
    """A share 0 to 1 as `31%`; `Unknown` when a part of it is."""
    return formats.UNKNOWN if value is None else formats.share(Fraction(value))
