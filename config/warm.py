"""What a worker makes ready before it takes a request: else the first one that needs it would wait, ten times as long
as any other."""

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from dashboards import freshness

TEMPLATES = settings.BASE_DIR / "templates"


def up() -> None:
    """Every view, every template, and what our own code is told by."""
    reverse("dashboards:home")  # imports all that has an address
    freshness.code()
    for path in sorted(TEMPLATES.rglob("*.html")):
        get_template(path.relative_to(TEMPLATES).as_posix())
