"""Every mail can be previewed, says what to do and by when, and leaves nothing blank."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from reporting import letters, samples
from reporting.fiscal import end_of_day_eastern

pytestmark = pytest.mark.usefixtures("blanks_show")


@pytest.mark.parametrize("kind", letters.WORDS)
def test_every_mail_has_a_sample_and_renders_without_a_blank(kind):
    subject, body = samples.letter(kind)
    assert subject.strip()
    assert "[[" not in subject + body
    assert body.startswith("Hello Sam Sample,\n")
    assert settings.CONTACT_EMAIL in body
    assert settings.SITE_URL in body
    assert "\n\n\n" not in body
    assert "&" not in subject + body


def test_every_sample_belongs_to_a_mail():
    assert set(samples.FACTS) == set(letters.WORDS)


def test_the_check_for_blanks_sees_one():
    facts = {key: value for key, value in samples.FACTS["due_3"].items() if key != "when"}
    assert "[[no value for when]]" in letters.write("due_3", facts)[0]


def test_names_are_written_as_they_are():
    subject, body = letters.write(
        "approved", {**samples.FACTS["approved"], "hisp": "Women’s <Health> & Care"}, "D'Arcy"
    )
    assert "Women’s <Health> & Care" in subject
    assert "Hello D'Arcy," in body


def test_who_has_no_name_is_greeted_all_the_same():
    assert letters.write("approved", samples.FACTS["approved"])[1].startswith("Hello,\n")


def test_a_name_of_several_lines_is_greeted_in_one():
    body = letters.write("approved", samples.FACTS["approved"], "Eve\nBcc: all@example.gov")[1]
    assert body.startswith("Hello Eve Bcc: all@example.gov,\n")


@pytest.mark.parametrize(
    ("due_day", "written"),
    [
        (date(2021, 7, 30), "Friday, July 30, 2021, 11:59 PM EDT (US Eastern)"),
        (date(2022, 1, 30), "Sunday, January 30, 2022, 11:59 PM EST (US Eastern)"),
        (date(2024, 3, 9), "Saturday, March 9, 2024, 11:59 PM EST (US Eastern)"),
        (date(2024, 3, 10), "Sunday, March 10, 2024, 11:59 PM EDT (US Eastern)"),  # the night begins in EST
        (date(2024, 11, 2), "Saturday, November 2, 2024, 11:59 PM EDT (US Eastern)"),
        (date(2024, 11, 3), "Sunday, November 3, 2024, 11:59 PM EST (US Eastern)"),  # the night begins in EDT
    ],
)
def test_a_deadline_is_the_end_of_the_day_with_the_name_of_its_zone(due_day, written):
    assert letters.moment(end_of_day_eastern(due_day)) == written
    assert written.startswith(f"{due_day:%A}, {letters.day(end_of_day_eastern(due_day))}")


def test_the_hour_that_comes_twice_is_told_apart():
    assert "1:30 AM EDT" in letters.moment(datetime(2024, 11, 3, 5, 30, tzinfo=UTC))
    assert "1:30 AM EST" in letters.moment(datetime(2024, 11, 3, 6, 30, tzinfo=UTC))


def test_each_kind_belongs_to_one_topic():
    of_all = [kind for topic in letters.TOPICS.values() for kind in topic.kinds]
    assert len(of_all) == len(set(of_all)) == len(letters.WORDS)
    assert not set(of_all) & set(letters.TOPICS)
