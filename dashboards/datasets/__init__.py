"""The published figures, and who reports them, as rows: one dataset to a module. What is unknown is None."""

from dashboards.datasets.collections import COLLECTIONS
from dashboards.datasets.columns import Column, Dataset, Kind, Row, Value
from dashboards.datasets.corrections import CORRECTIONS
from dashboards.datasets.departments import DEPARTMENTS
from dashboards.datasets.hisps import HISPS
from dashboards.datasets.metrics import METRICS
from dashboards.datasets.responses import RESPONSES
from dashboards.datasets.scores import SCORES
from dashboards.datasets.selection import Selection
from dashboards.datasets.services import SERVICES

__all__ = ["DATASETS", "Column", "Dataset", "Kind", "Row", "Selection", "Value"]

DATASETS: dict[str, Dataset] = {
    dataset.slug: dataset
    for dataset in (SCORES, RESPONSES, COLLECTIONS, METRICS, CORRECTIONS, HISPS, SERVICES, DEPARTMENTS)
}
