"""Scores as pictures: geometry in, SVG markup out. No Django, no script, no style attribute; colors are classes of
static/css/charts.css. Every chart carries its title and description, and the page prints its numbers in a table too.

    distribution(counts, title, description, key="")            the five answers, a bar for a cell of a table
    answers(bars, title, description, width=840, key="")        a labelled bar of answers for each `Bar`
    gauge(value, maximum, threshold, title, key="")             an index on its own scale
    trend(points, title, low, width=840, key="")                `Point`s over quarters with their 95 % band
    sparkline(points, title, low, key="")                       the same for a cell of a table
    multiples(panels, title, description, width=840, columns=4, key="")   a trend for each `Panel`, on one scale
    dots(rows, title, description, mean=None, mean_text="", width=720, key="")   every `Dot` on one scale, best first
    funnel(steps, title, description, width=720, key="")        `Step`s from customers to answers, true to scale

A chart that is more than a cell is drawn twice, wide and narrow (under 480 units), and static/css/charts.css shows
one: so its letters are as large on a phone as on a desk. `key` is for its ids; no other chart of a page may have it.
"""

from dashboards.charts.bars import ANSWERS, Bar, Segment, answers, distribution, segments
from dashboards.charts.dots import Dot, dots
from dashboards.charts.frame import Frame, lowest_gridline, lowest_half
from dashboards.charts.funnel import Step, funnel, one_in, too_thin
from dashboards.charts.multiples import Panel, multiples
from dashboards.charts.scales import gauge
from dashboards.charts.svg import Number, Svg
from dashboards.charts.trend import Point, runs, sparkline, trend

__all__ = [
    "ANSWERS",
    "Bar",
    "Dot",
    "Frame",
    "Number",
    "Panel",
    "Point",
    "Segment",
    "Step",
    "Svg",
    "answers",
    "distribution",
    "dots",
    "funnel",
    "gauge",
    "lowest_gridline",
    "lowest_half",
    "multiples",
    "one_in",
    "runs",
    "segments",
    "sparkline",
    "too_thin",
    "trend",
]
