"""The public side as files that any web server or object store can serve: every page, file and chart, as the
application answers it, and the style sheets and pictures they use (docs/static-site.md)."""

from dashboards.static_site.folder import MARK, Refused, Written
from dashboards.static_site.links import file_of, link_to, rewritten
from dashboards.static_site.run import NOT_FOUND, passes

__all__ = ["MARK", "NOT_FOUND", "Refused", "Written", "file_of", "link_to", "passes", "rewritten"]
