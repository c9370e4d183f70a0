"""Charts on a page: `{% picture page "trend" %}`."""

from typing import Any

from django import template
from django.template import Context

from dashboards import pictures

register = template.Library()


@register.inclusion_tag("dashboards/charts/_picture.html", takes_context=True)
def picture(context: Context, page: object, name: str, *, level: int = 0, files: bool = True) -> dict[str, Any]:
    """One chart of the page, or nothing where there is no such. Figures that were superseded have no files: those are
    of the figures that count."""
    return {
        "picture": pictures.of(page).get(name),
        "level": level,
        "files": files and not context.get("superseded"),
    }
