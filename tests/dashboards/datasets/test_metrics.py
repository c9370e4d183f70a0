from decimal import Decimal

import pytest

from reporting.contents import Index, Metric
from tests.dashboards.downloads import objects
from tests.factories import published_submission

pytestmark = pytest.mark.django_db


def test_metric_is_a_row_with_its_unit_and_footnote():
    metric = Metric("Online transactions", Decimal("48.5"), "million", footnote="Rounded.")
    published_submission("ssa-oo", "2019-q1", metrics=[metric])
    [one] = objects("/data/metrics.json")
    assert (one["kind"], one["name"], one["value"], one["unit"]) == ("metric", "Online transactions", 48.5, "million")
    assert (one["footnote"], one["scale_maximum"], one["threshold"]) == ("Rounded.", None, None)


def test_index_is_a_row_on_its_own_scale():
    index = Index(
        "ForeSee index", Decimal(83), threshold=Decimal(80), threshold_label="excellent", covers="Eight services"
    )
    published_submission("ssa-oo", "2019-q1", indexes=[index])
    [one] = objects("/data/metrics.json")
    assert (one["kind"], one["value"], one["scale_maximum"], one["threshold"]) == ("index", 83, 100, 80)
    assert (one["threshold_label"], one["covers"], one["unit"]) == ("excellent", "Eight services", "")


def test_figures_of_a_service_narrow_to_it():
    metrics = [Metric("Calls", Decimal(7), service="Phone"), Metric("Calls", Decimal(9))]
    published_submission("ssa-oo", metrics=metrics)
    [one] = objects("/data/metrics.json?service=ssa-oo-phone")
    assert (one["service_name"], one["value"]) == ("Phone", 7)


def test_value_keeps_its_decimals_and_no_needless_zeros():
    metrics = [Metric(name, Decimal(value)) for name, value in (("a", "1200"), ("b", "0.125"), ("c", "-3.10"))]
    published_submission("ssa-oo", metrics=metrics)
    assert [one["value"] for one in objects("/data/metrics.json")] == [1200, 0.125, -3.1]
