"""An index on its own scale."""

from dashboards.charts.svg import Number, Svg, picture


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
