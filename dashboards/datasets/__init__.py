"""The published figures, and who reports them, as rows: one dataset to a module. What is unknown is None."""

from dashboards.datasets.collections import COLLECTIONS
from dashboards.datasets.columns import Column, Dataset, Kind, Row, Value
from dashboards.datasets.scores import SCORES
from dashboards.datasets.selection import Selection

__all__ = ["DATASETS", "Column", "Dataset", "Kind", "Row", "Selection", "Value"]

DATASETS: dict[str, Dataset] = {dataset.slug: dataset for dataset in (COLLECTIONS, SCORES)}
