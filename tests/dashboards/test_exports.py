from decimal import Decimal

import pytest

from dashboards import alive
from dashboards.datasets import DATASETS
from dashboards.exports import lines
from reporting.contents import Metric
from reporting.models import Submission
from tests.dashboards.downloads import body, objects, rows
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
HISTORIC = [
    *("collection_year", "collection_quarter", "organization_name", "service_provider_name", "service_name"),
    *("service_provided", "transaction_point", "channel", "volume_of_customers"),
    *("volume_of_customers_provided_survey_opportunity", "volume_of_respondents", "omb_control_number"),
    "federal_register_url",
    *(f"q{n}_{part}" for n in range(1, 12) for part in ("text", 1, 2, 3, 4, 5, "point_scale")),
    "operational_metrics",
]


def test_collections_have_exactly_the_columns_of_the_historic_files():
    assert list(DATASETS["collections"].names) == HISTORIC


def test_survey_is_one_row_with_its_counts_and_score():
    published_submission(surveys=[survey(satisfaction=(2302, 3118, 10615, 55358, 249586), extra_1=(0, 0, 0, 1, 1))])
    [row] = rows("/data/collections.csv")
    assert (row["collection_year"], row["collection_quarter"]) == ("2021", "2")
    assert [row[f"q1_{n}"] for n in range(1, 6)] == ["2302", "3118", "10615", "55358", "249586"]
    assert (row["q1_text"], row["q1_point_scale"]) == ("About satisfaction", "4.70")
    assert (row["q8_text"], row["q8_point_scale"]) == ("About extra_1", "4.50")


def test_unknown_volume_is_blank_and_null_never_zero():
    published_submission(surveys=[survey(offered=None)])
    column = "volume_of_customers_provided_survey_opportunity"
    assert rows("/data/collections.csv")[0][column] == ""
    assert objects("/data/collections.json")[0][column] is None


def test_wording_is_kept_when_nobody_answered_and_blank_when_not_asked():
    no_data = {"trust": "no_answers", "ease": "not_asked"}
    published_submission(surveys=[survey(no_data=no_data, wordings={"trust": "Do you trust us?", "ease": "None"})])
    [row] = rows("/data/collections.csv")
    assert (row["q2_text"], row["q2_1"], row["q2_point_scale"]) == ("Do you trust us?", "0", "")
    assert (row["q4_text"], row["q4_1"], row["q4_point_scale"]) == ("", "0", "")


def test_both_kinds_hold_the_same_rows():
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])
    for name in DATASETS:
        in_csv, in_json = rows(f"/data/{name}.csv"), objects(f"/data/{name}.json")
        assert [list(row) for row in in_csv] == [list(row) for row in in_json]
        assert len(in_csv) == len(in_json)


def test_numbers_are_numbers_in_json():
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])
    [row] = objects("/data/collections.json")
    assert (row["q2_5"], row["q2_point_scale"], row["volume_of_customers"]) == (5, 3.67, 10_000)


def test_quotes_commas_and_line_breaks_survive():
    words = 'He said “so”, "truly",\nand left.'
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5), wordings={"trust": words})])
    assert rows("/data/collections.csv")[0]["q2_text"] == words


def test_only_texts_get_the_apostrophe():
    published_submission(surveys=[survey("Care", '=HYPERLINK("http://x")', trust=(0, 0, 0, 0, 9))])
    [row] = rows("/data/collections.csv")
    assert row["service_provided"].startswith("'=")
    assert objects("/data/collections.json")[0]["service_provided"].startswith("=")


def test_files_narrow_to_a_quarter_and_a_hisp():
    for hisp in ("va-vha", "ssa-oo"):
        for quarter in ("2021-q1", "2021-q2"):
            published_submission(hisp, quarter, surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert len(rows("/data/collections.csv")) == 4
    assert len(rows("/data/collections.csv?quarter=2021-q2")) == 2
    [row] = rows("/data/collections.csv?quarter=2021-q2&hisp=va-vha")
    assert row["service_provider_name"] == "Provider va-vha"


@pytest.mark.parametrize("name", [name for name, one in DATASETS.items() if "quarter" in one.filters])
@pytest.mark.parametrize("state", [*Submission.OPEN_STATES, Submission.State.RETURNED])
def test_no_file_holds_unpublished_figures(name, state):
    metrics = [Metric("Calls", Decimal(7))]
    submission(state=state, surveys=[survey(trust=(0, 0, 0, 0, 9))], metrics=metrics)
    assert objects(f"/data/{name}.json") == []


def test_no_file_holds_answers_that_may_not_be_published():
    published_submission(surveys=[survey(trust=(0, 0, 0, 7777, 0), fields={"publishable": False})])
    for name in DATASETS:
        assert "7777" not in body(f"/data/{name}.csv").decode()


def test_scores_have_every_level_domain_and_method():
    published_submission("va-vha", surveys=[survey(trust=(0, 0, 0, 0, 60)), survey("Other", trust=(0, 0, 0, 30, 0))])
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 30, 0, 0))])
    found = [row for row in objects("/data/scores.json") if row["domain"] == "trust"]
    assert {row["level"] for row in found} == {"government", "department", "hisp", "service", "survey"}
    government = {row["method"]: row["score"] for row in found if row["level"] == "government"}
    assert government == {"pooled": 4.25, "mean-of-surveys": 4.0, "mean-of-hisps": 3.83, "by-customers": 4.0}
    [vha] = [row for row in found if row["hisp"] == "va-vha" and row["level"] == "hisp" and row["method"] == "pooled"]
    assert (vha["score"], vha["answers"], vha["surveys"], vha["hisps"]) == (4.67, 90, 2, 1)


def test_missing_score_is_null_with_its_reason():
    published_submission(surveys=[survey(trust=(0, 0, 0, 0, 9), no_data={"ease": "no_answers"})])
    found = objects("/data/scores.json?hisp=va-vha")
    [ease] = [row for row in found if (row["level"], row["domain"]) == ("survey", "ease")]
    assert (ease["score"], ease["no_score_reason"]) == (None, "Asked, but no answers were reported")


def test_server_hears_of_every_block_of_a_long_file(monkeypatch):
    heard = []
    monkeypatch.setattr(alive, "LISTENERS", [lambda: heard.append(1)])
    monkeypatch.setattr(lines, "_LINES_OF_A_BLOCK", 10)
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])
    assert len(rows("/data/scores.csv")) // 10 <= len(heard) < 100
    assert heard
