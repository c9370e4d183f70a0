"""A worker is ready before it takes its first request."""

from config import warm


def test_every_template_is_read(monkeypatch):
    read = []
    get = warm.get_template
    monkeypatch.setattr(warm, "get_template", lambda name: read.append(name) or get(name))
    warm.up()
    assert {"dashboards/home.html", "admin/base_site.html", "404.html"} <= set(read)
    assert len(read) == len(list(warm.TEMPLATES.rglob("*.html")))
