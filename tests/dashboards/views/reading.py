"""What the tests of public pages publish, and how they read."""

from html import unescape

from tests.factories import survey

VHA = survey(
    customers=9_707_552,
    offered=1_774_363,
    respondents=320_979,
    satisfaction=(2302, 3118, 10615, 55358, 249586),
    no_data={"transparency": "not_asked", "employee": "no_answers"},
)
SCRIPT = "<script>alert(1)</script>"


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")
