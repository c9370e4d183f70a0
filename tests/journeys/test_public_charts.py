"""Charts as a browser draws them: every word is large enough, in sight and clear of the next."""

import pytest

from tests.factories import expectation, hisp, published_submission, survey

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = {
    "dol-osha": "Occupational Safety and Health Administration",
    "hhs-marketplace": "Centers for Medicare & Medicaid Services, Marketplace",
    "va-vha": "Veterans Health Administration",
    "multi-rec": "Recreation.gov",
    "dos-ca": "Bureau of Consular Affairs",
}
ADDRESSES = (
    "/",
    "/quarters/2022-q1/",
    "/hisps/va-vha/",
    "/hisps/dol-osha/2022-q1/",
    "/services/va-vha-outpatient-care/",
    "/domains/trust/",
    "/compare/?of=va-vha&of=dos-ca&of=dol-osha",
)
SMALLEST = 9.9  # pixels

FAULTS = """smallest => {
  const faults = [];
  for (const drawing of document.querySelectorAll(".picture svg.chart")) {
    const shown = drawing.getBoundingClientRect();
    if (!shown.width) continue;
    const frame = drawing.closest(".picture").getBoundingClientRect();
    const scale = shown.width / drawing.viewBox.baseVal.width;
    const words = [...drawing.querySelectorAll("text")].map(mark => ({
      said: mark.textContent,
      box: mark.getBoundingClientRect(),
      size: parseFloat(getComputedStyle(mark).fontSize) * scale,
    }));
    words.forEach((one, place) => {
      if (one.size < smallest) faults.push(`small: ${one.said}`);
      if (one.box.left < frame.left || one.box.right > frame.right) faults.push(`cut: ${one.said}`);
      for (const other of words.slice(place + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 1 && down > 3) faults.push(`over each other: ${one.said}, ${other.said}`);
      }
    });
  }
  return faults;
}"""


@pytest.fixture(autouse=True)
def _figures():
    """Steep and level lines, gaps, few answers, wide and narrow margins, long names, bars of every length."""
    for number, (slug, name) in enumerate(NAMES.items()):
        hisp(slug, name)
        for place, quarter in enumerate(("2020-q4", "2021-q1", "2021-q3", "2021-q4", "2022-q1")):
            high, low = 4 + 9 * number**3, 2 + 3 * place * (5 - number)
            published_submission(
                slug,
                quarter,
                surveys=[
                    survey(
                        customers=10_000_000 // 7**number,
                        offered=5_000 - number,
                        respondents=2_600 // 9**number,
                        satisfaction=(low, 1, 2, high, 3 * high),
                        trust=(1, 2, 3, high, high),
                        employee=(0, 0, low, 0, high),
                    )
                ],
            )
    expectation("ssa-oo", "2022-q1")


@pytest.mark.parametrize("width", [320, 390, 835, 1160, 1280])
def test_every_word_of_a_chart_can_be_read(someone, width):
    page = someone()
    page.set_viewport_size({"width": width, "height": 900})
    for address in ADDRESSES:
        page.goto(address)
        drawings = [one for one in page.locator(".picture svg.chart").all() if one.is_visible()]
        assert drawings, address
        assert len(drawings) == page.locator(".picture").count(), address
        assert page.evaluate(FAULTS, SMALLEST) == [], address


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1280, "wide")])
def test_one_drawing_of_each_chart_is_shown_and_the_wide_one_on_paper(someone, width, shown):
    page = someone()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/quarters/2022-q1/")
    narrow, wide = page.locator(".picture__drawn--narrow").first, page.locator(".picture__drawn--wide").first
    assert (narrow.is_visible(), wide.is_visible()) == (shown == "narrow", shown == "wide")
    page.emulate_media(media="print")
    assert (narrow.is_visible(), wide.is_visible()) == (False, True)


def test_paper_is_white_in_the_dark_and_leaves_out_what_is_closed(someone):
    page = someone()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/quarters/2022-q1/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("details:visible, .site-nav:visible, form:visible").count() == 0


def test_five_answers_differ_in_forced_colors(someone):
    page = someone()
    page.emulate_media(forced_colors="active")
    page.goto("/quarters/2022-q1/")
    looks = page.evaluate(
        """[1, 2, 3, 4, 5].map(n => getComputedStyle(document.querySelector(`.answers .answer-${n}`)))
           .map(look => `${look.fill} ${look.fillOpacity} ${look.stroke}`)"""
    )
    assert len(set(looks)) == 5
