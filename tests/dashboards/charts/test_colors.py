"""The colors of static/css, read from there: enough contrast on screen, in the dark and on paper."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.conf import settings

from dashboards.charts import standalone

ANSWERS = [f"answer-{number}" for number in range(1, 6)]
GROUNDS = ("paper", "raised")
TEXT, GRAPHICS, STEP = 4.5, 3.0, 1.3  # WCAG 1.4.3 and 1.4.11; neighbors in greyscale
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PROPERTY = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b")


def sheet() -> str:
    texts = [(settings.BASE_DIR / "static/css" / name).read_text() for name in ("hisp.css", "charts.css")]
    return re.sub(r"/\*.*?\*/", "", "\n".join(texts), flags=re.DOTALL)


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule with the media query around it, empty for none."""
    place = 0
    for media in re.finditer(r"@media ([^{]+)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", css):
        yield "", css[place : media.start()]
        yield media[1].strip(), media[2]
        place = media.end()
    yield "", css[place:]


def colors(mode: str) -> dict[str, str]:
    """Custom properties as they hold in a mode: those without a query, then those of the mode."""
    wanted = {"light": ("",), "dark": ("", "screen and (prefers-color-scheme: dark)"), "print": ("", "print")}[mode]
    found: dict[str, str] = {}
    for query in wanted:
        for media, css in blocks(sheet()):
            if media == query:
                for selector, body in _RULE.findall(css):
                    if selector.strip() == ":root":
                        found |= dict(_PROPERTY.findall(body))
    return found


def luminance(color: str) -> float:
    digits = color.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.fixture(params=["light", "dark", "print"])
def palette(request) -> dict[str, str]:
    return colors(request.param)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mark", [*ANSWERS, "mark", "edge", "line-strong"])
def test_every_mark_stands_out_from_its_ground(palette, mark, ground):
    assert contrast(palette[mark], palette[ground]) >= GRAPHICS


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *(("ink", ground) for ground in (*GROUNDS, "wash", "gap", "track", "band")),
        *(("ink-soft", ground) for ground in (*GROUNDS, "wash", "gap", "track", "band")),
        *((f"on-{answer}", answer) for answer in ANSWERS),
        *((words, ground) for words in ("accent", "answer-1") for ground in (*GROUNDS, "wash")),
        ("on-mark", "mark"),
        ("on-accent", "accent"),
        *((words, f"{words}-wash") for words in ("good", "part", "bad", "none")),
    ],
)
def test_words_can_be_read_on_what_is_under_them(palette, words, ground):
    assert contrast(palette[words], palette[ground]) >= TEXT


def test_line_and_dots_stand_out_from_their_band(palette):
    assert contrast(palette["mark"], palette["band"]) >= GRAPHICS


def test_bar_stands_out_from_its_track(palette):
    assert contrast(palette["mark"], palette["track"]) >= GRAPHICS


def test_answers_go_from_one_end_of_grey_to_the_other_in_steps_that_can_be_seen(palette):
    """So that a copy without color still tells neighbors apart, and the first answer from the last."""
    greys = [luminance(palette[answer]) for answer in ANSWERS]
    assert greys in (sorted(greys), sorted(greys, reverse=True))
    assert min(contrast(palette[one], palette[other]) for one, other in pairwise(ANSWERS)) >= STEP


def test_paper_has_no_dark_ground_whatever_the_screen_has():
    paper = colors("print")
    assert min(luminance(paper[ground]) for ground in (*GROUNDS, "wash")) == 1
    assert not [media for media, _ in blocks(sheet()) if "dark" in media and not media.startswith("screen")]


def test_a_file_has_the_colors_of_the_page():
    page = colors("light")
    assert {name: page[name] for name in standalone.COLORS} == standalone.COLORS
    assert (page["ink"], page["ink-soft"], page["raised"]) == (standalone.INK, standalone.SOFT, standalone.PAPER)


def test_forced_colors_use_the_readers_own_and_five_weights_of_them():
    forced = "".join(css for media, css in blocks(sheet()) if media == "(forced-colors: active)")
    assert not re.search(r"#[0-9a-f]{3}|var\(", forced)
    assert len(set(re.findall(r"\.answer-[2-5] \{ fill-opacity: ([\d.]+)", forced))) == 4
