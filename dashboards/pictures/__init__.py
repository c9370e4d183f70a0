"""The charts of the public pages, each with its title, a way to read it, the table of its numbers and its files.

On a page:   {% load pictures %}{% picture page "trend" %}        nothing where the page has no such chart
             {% picture page "trend" level=3 %}                   with its title as a heading of that level
             {% picture page "trend" table=False %}               without its table, where the page has one
As a file:   dashboards/views/charts.py

    over_time(trend, about, method, href, query)                  “trend”, and “domains” as small multiples
    hisps(rows, together, about, method, href, query)             “hisps”, a dot plot
    answers(domains, about, when, href, query)                    “answers”, a bar for each domain
    people(reach, about, when, href, query)                       “people”, from customers to responses

Each gives a list of pictures, empty where there is nothing to draw; `pages.of(page)` those of a page. A new page
registers what it draws in pages.py.
"""

from dashboards.pictures.pages import of
from dashboards.pictures.picture import Picture, Table

__all__ = ["Picture", "Table", "of"]
