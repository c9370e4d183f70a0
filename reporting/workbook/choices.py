"""What cells offer to choose from, and what else people write for the same."""

from dataclasses import replace

from reporting.domains import CHANNELS, QUESTION_SLUGS, SCALES, question_name
from reporting.workbook.kinds import YES_NO, Choice

QUESTIONS: tuple[tuple[str, str], ...] = tuple((question_name(slug), slug) for slug in QUESTION_SLUGS)
CHANNEL_OPTIONS: tuple[tuple[str, str], ...] = tuple((name, slug) for slug, name in CHANNELS.items())
SCALE_OPTIONS: tuple[tuple[str, str], ...] = tuple((name, slug) for slug, name in SCALES.items())

CHANNEL = Choice(
    expected="A channel from the list.",
    options=CHANNEL_OPTIONS,
    list_name="Channels",
    other_names=(
        ("web", "Website"),
        ("online", "Website"),
        ("internet", "Website"),
        ("telephone", "Phone"),
        ("callcenter", "Phone"),
        ("ivr", "Automated phone"),
        ("app", "Mobile app"),
        ("chat", "Live chat"),
        ("sms", "SMS text messages"),
        ("text", "SMS text messages"),
        ("mail", "Postal mail"),
        ("letter", "Postal mail"),
        ("kiosk", "Self-service kiosk"),
        ("walkin", "In person"),
        ("facetoface", "In person"),
        ("webform", "Website"),
        ("onlineform", "Website"),
        ("webpage", "Website"),
        ("webchat", "Live chat"),
        ("emails", "Email"),
        ("textmessage", "SMS text messages"),
    ),
)
SCALE = Choice(
    expected="A scale from the list.",
    options=SCALE_OPTIONS,
    list_name="Scales",
    other_names=(
        ("5point", "Five-point"),
        ("likert", "Five-point"),
        ("15", "Five-point"),  # “1-5”, as texts.key has it
        ("1to5", "Five-point"),
        ("10point", "Ten-point"),
        ("110", "Ten-point"),
        ("1to10", "Ten-point"),
        ("3point", "Three-point"),
        ("13", "Three-point"),
        ("1to3", "Three-point"),
        ("binary", "Yes/no"),
        ("thumbs", "Yes/no"),
    ),
)
QUESTION = Choice(
    expected="A question from the list.",
    options=QUESTIONS,
    list_name="Questions",
    other_names=(("satisfied", "Satisfaction"), ("csat", "Satisfaction"), ("speed", "Efficiency"), ("easy", "Ease")),
)
YES_OR_NO = Choice(
    expected="Yes or No.",
    options=YES_NO,
    list_name="Yes or no",
    other_names=(("y", "Yes"), ("yep", "Yes"), ("n", "No"), ("nope", "No")),
)
ASKED = replace(YES_OR_NO, other_names=(*YES_OR_NO.other_names, ("asked", "Yes"), ("notasked", "No"), ("na", "No")))
