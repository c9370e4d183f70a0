"""One value on its scale: a score with its margin, an index with its threshold."""

from dashboards.charts.svg import HIGHEST, LOWEST, Number, Svg, picture


def interval(value: Number, margin: Number | None, title: str, key: str = "") -> Svg:
    """A score on the line from 1 to 5, with its margin of error to both sides."""
    x = _on_scale(value)
    whisker = ""
    if margin:
        left, right = _on_scale(float(value) - float(margin)), _on_scale(float(value) + float(margin))
        whisker = f'<line class="margin" x1="{left:.2f}%" y1="9" x2="{right:.2f}%" y2="9"/>'
    ticks = "".join(
        f'<line class="tick" x1="{_on_scale(tick):.0f}%" y1="5" x2="{_on_scale(tick):.0f}%" y2="13"/>'
        for tick in range(LOWEST, HIGHEST + 1)
    )
    body = f'<line class="scale" x1="0" y1="9" x2="100%" y2="9"/>{ticks}{whisker}<circle cx="{x:.2f}%" cy="9" r="5"/>'
    description = "A line from 1 to 5 with a dot at the score."
    return picture("interval", title, description, body, 'width="100%" height="18"', key)


def gauge(value: Number, maximum: Number, threshold: Number | None, title: str, key: str = "") -> Svg:
    """An index on its own scale from 0, with a mark where its threshold is."""
    reached = 100 * float(value) / float(maximum)
    mark = ""
    if threshold is not None:
        at = 100 * float(threshold) / float(maximum)
        mark = f'<line class="threshold" x1="{at:.2f}%" y1="0" x2="{at:.2f}%" y2="22"/>'
    body = (
        '<rect class="track" x="0" y="6" width="100%" height="10" rx="5"/>'
        f'<rect class="reached" x="0" y="6" width="{reached:.2f}%" height="10" rx="5"/>{mark}'
    )
    description = "A bar from 0 to the end of the scale; the upright mark is the threshold."
    return picture("gauge", title, description, body, 'width="100%" height="22"', key)


def _on_scale(value: Number) -> float:
    """Percent of the way from 1 to 5."""
    return max(0.0, min(100.0, 100 * (float(value) - LOWEST) / (HIGHEST - LOWEST)))
