"""What the survey asks: the domains of the instrument, the channels and the answer scales.

Source: OMB Circular A-11, section 280 (the seven-domain instrument, FY2019 to FY2024 Q1). Everything that depends
on the instrument hangs on this module, so a second instrument can be added beside the first.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Domain:
    """One thing a question measures. `number` is its fixed position in the instrument, from 1."""

    number: int
    slug: str
    name: str
    group: str
    statement: str  # the official wording, with [Program/Service name] to be filled in
    if_applicable: bool = False
    also: tuple[str, ...] = ()  # the other official wordings


SEVEN_DOMAINS: tuple[Domain, ...] = (
    Domain(
        1,
        "satisfaction",
        "Satisfaction",
        "Overall",
        "I am satisfied with the service I received from [Program/Service name].",
    ),
    Domain(
        2,
        "trust",
        "Trust",
        "Overall",
        "This interaction increased my confidence in [Program/Service name].",
        also=("This interaction increased my trust in [Program/Service name].",),
    ),
    Domain(
        3,
        "effectiveness",
        "Effectiveness",
        "Service",
        "My need was addressed.",
        also=("My issue was resolved.", "I found what I was looking for."),
    ),
    Domain(4, "ease", "Ease", "Process", "It was easy to complete what I needed to do."),
    Domain(
        5,
        "efficiency",
        "Efficiency",
        "Process",
        "It took a reasonable amount of time to do what I needed to do.",
    ),
    Domain(
        6,
        "transparency",
        "Transparency",
        "Process",
        "I was treated fairly.",
        if_applicable=True,
        also=("I understood what was being asked of me throughout.",),
    ),
    Domain(7, "employee", "Employee", "People", "Employees I interacted with were helpful.", if_applicable=True),
)
EXTRA_QUESTIONS = 4  # an agency may report up to four questions of its own
EXTRA_SLUGS: tuple[str, ...] = tuple(f"extra_{n}" for n in range(1, EXTRA_QUESTIONS + 1))

DOMAIN_BY_SLUG: dict[str, Domain] = {domain.slug: domain for domain in SEVEN_DOMAINS}
QUESTION_SLUGS: tuple[str, ...] = (*DOMAIN_BY_SLUG, *EXTRA_SLUGS)  # position q1..q11 of the published files


def question_name(slug: str) -> str:
    """“Trust” for `trust`, “Extra question 2” for `extra_2`. Raises KeyError for anything else."""
    if slug in EXTRA_SLUGS:
        return f"Extra question {EXTRA_SLUGS.index(slug) + 1}"
    return DOMAIN_BY_SLUG[slug].name


def question_choices() -> list[tuple[str, str]]:
    return [(slug, question_name(slug)) for slug in QUESTION_SLUGS]


CHANNELS: dict[str, str] = {
    "computer": "Computer",
    "mobile": "Mobile",
    "email": "Email",
    "chatbot": "Chatbot",
    "phone": "Phone",
    "automated_phone": "Automated phone",
    "in_person": "In person",
    "paper": "Paper",
    "postal_mail": "Postal mail",
    "fax": "Fax",
    "self_service_kiosk": "Self-service kiosk",
    "other_non_digital": "Other, not digital",
    "website": "Website",
    "mobile_app": "Mobile app",
    "live_chat": "Live chat",
    "sms_text_messages": "SMS text messages",
    "social_media": "Social media",
    "other_digital": "Other, digital",
}
HISTORIC_CHANNELS: dict[str, str] = {"mixed": "Mixed (historic)"}  # published, no longer accepted


def channel_name(slug: str) -> str:
    """The channel in words; “Not stated” where a published row left it blank."""
    return {**CHANNELS, **HISTORIC_CHANNELS}.get(slug, "Not stated")


def channel_choices() -> list[tuple[str, str]]:
    return [*CHANNELS.items(), *HISTORIC_CHANNELS.items()]


# The scale on which people answered, before it became counts of 1 to 5.
SCALES: dict[str, str] = {
    "five_point": "Five-point",
    "ten_point": "Ten-point",
    "three_point": "Three-point",
    "yes_no": "Yes/no",
}


# The answers of 1 to 5 that a scale can become, where it cannot become all five.
SCALE_POINTS: dict[str, tuple[int, ...]] = {"three_point": (1, 3, 5), "yes_no": (1, 5)}
# The usual conversion, offered where none is stated.
CONVERSIONS: dict[str, str] = {
    "ten_point": "1 and 2 = 1, 3 and 4 = 2, 5 and 6 = 3, 7 and 8 = 4, 9 and 10 = 5",
    "three_point": "Lowest = 1, middle = 3, highest = 5",
    "yes_no": "Yes = 5, No = 1",
}


def scale_choices() -> list[tuple[str, str]]:
    return list(SCALES.items())


# Why a question has no answers to show (domain terms: “no data” has kinds).
NO_DATA_REASONS: dict[str, str] = {
    "not_asked": "Not asked in this survey",
    "no_answers": "Asked, but no answers were reported",
    "not_publishable": "The survey’s clearance does not allow publication",
    "not_submitted": "Not submitted",
    "not_due": "Not due yet",
    "under_review": "Under review",
}
