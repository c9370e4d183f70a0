"""Charts on a page: `{% picture page "trend" %}`."""

from typing import Any

from django import template
from django.template import Context

from dashboards import pictures

register = template.Library()


@register.inclusion_tag("dashboards/charts/_picture.html", takes_context=True)
def picture(
    context: Context, page: object, name: str, *, level: int = 0, table: bool = True, files: bool = True
) -> dict[str, Any]:
    """One chart of the page, or nothing where there is no such. Without its `table` where the page has the same
    numbers right under it. Superseded figures have no files: those are of the figures that count."""
    return {
        "picture": pictures.of(page).get(name),
        "level": level,
        "table": table,
        "files": files and not context.get("superseded"),
    }
