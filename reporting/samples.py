"""Made-up facts for the preview of every mail. No HISP, person or figure here exists."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from reporting import letters
from reporting.fiscal import FiscalQuarter
from reporting.letters import day, moment

NAME = "Sam Sample"
_QUARTER = FiscalQuarter(2030, 3)
_RECEIVED = datetime(2030, 7, 12, 19, 5, tzinfo=UTC)
_PLACE = {
    "hisp": "Example Service",
    "quarter": _QUARTER.label,
    "link": f"{settings.SITE_URL}/reporting/example-service/{_QUARTER.slug}/",
}
_DUE = {"due_at": moment(_QUARTER.due_at), "due_day": day(_QUARTER.due_at), "is_past": False}
_NOTHING_CAME = {
    **_PLACE,
    **_DUE,
    "standing": "",
    "next_step": "download the prefilled workbook, fill it in, upload it and submit it.",
}

_PARTS = [
    ("Waiting for review", ["Example Service, FY2030 Q3, revision 1, since July 12, 2030"]),
    ("Overdue", ["Third Example, FY2030 Q2, was due on April 30, 2030"]),
]

FACTS: dict[str, dict[str, Any]] = {
    "quarter_opened": {
        **_PLACE,
        **_DUE,
        "period": f"{day(_QUARTER.first_day)}, to {day(_QUARTER.last_day)}",
    },
    "due_14": {**_NOTHING_CAME, "when": "in 14 days"},
    "due_3": {**_NOTHING_CAME, "when": "in 3 days"},
    "due_0": {**_NOTHING_CAME, "when": "today"},
    "overdue": {**_NOTHING_CAME, "is_past": True},
    "reminder": _NOTHING_CAME,
    "received": {
        **_PLACE,
        "at": moment(_RECEIVED),
        "late": "",
        "by": NAME,
        "revision": 1,
        "file": "example-service-2030-q3.xlsx",
        "sha256": "0123456789abcdef" * 4,
    },
    "returned": {
        **_PLACE,
        **_DUE,
        "revision": 1,
        "reason": "The number of people who were offered the survey is missing. Please add it.\n\n"
        "Open comments:\nTouchpoints!G5: Is this the number for the whole quarter?",
    },
    "approved": {**_PLACE, "revision": 2},
    "published": {
        **_PLACE,
        "revision": 2,
        "at": moment(_RECEIVED + timedelta(days=30)),
        "public_note": "The number of customers was counted again.",
        "link": f"{settings.SITE_URL}/hisps/example-service/{_QUARTER.slug}/",
        "own_link": _PLACE["link"],
    },
    "correction_asked": {
        **_PLACE,
        "revision": 1,
        "reason": "The number of responses is larger than in your own report. Please check it.",
        "is_public": True,
    },
    "correction_taken_back": {**_PLACE, "revision": 1, "reason": "Your own report says the same; we had misread it."},
    "not_reporting": {**_PLACE, **_DUE, "reason": "No survey was held this quarter."},
    "withdrawn": {
        **_PLACE,
        "revision": 2,
        "at": moment(_RECEIVED + timedelta(days=40)),
        "reason": "Two services were counted twice.",
    },
    "extended": {**_PLACE, **_DUE, "reason": "The survey provider was changed this quarter."},
    "expected_again": {**_NOTHING_CAME, "reason": "A survey was held after all."},
    "commented": {
        **_PLACE,
        "revision": 1,
        "is_returned": False,
        "remarks": [
            "Touchpoints!G5: Is this the number for the whole quarter?",
            "About the whole submission: Thank you for the note.",
        ],
    },
    "digest": {
        "day": "July 12, 2030",
        "headline": "1 to review, 1 overdue",
        "parts": _PARTS,
        "task": "review submissions",
        "link": f"{settings.SITE_URL}/admin/",
    },
    "administrators_digest": {
        "day": "July 12, 2030",
        "headline": "1 to review, 1 overdue, 1 asking for access, 1 unsent",
        "parts": [
            *_PARTS,
            ("Asking for access, waiting for your answer", [f"{NAME} (sam@example.gov) for Example Service"]),
            ("Mails that could not be sent", ["To sam@example.gov: TimeoutError: timed out"]),
        ],
        "task": "administer HISP Quarterly",
        "link": f"{settings.SITE_URL}/admin/",
    },
}

_HISP = {"hisp": _PLACE["hisp"]}
FACTS |= {
    "invitation": {
        "hisps": [_PLACE["hisp"], "Sample Provider"],
        "reviews": False,
        "email": "sam@example.gov",
        "expires": "July 26, 2030",
        "link": f"{settings.SITE_URL}/accounts/invitation/…/",
    },
    "password_reset": {"username": "sam@example.gov", "link": f"{settings.SITE_URL}/accounts/reset/…/"},
    "password_changed": {"username": "sam@example.gov", "link": f"{settings.SITE_URL}/accounts/forgotten/"},
    "address_changed": {"username": "sam@example.gov", "old": "sam@old.example.gov"},
    "confirm_address": {**_HISP, "expires": "July 15, 2030", "link": f"{settings.SITE_URL}/accounts/ask/…/"},
    "access_asked": {
        **_HISP,
        "name_asked": NAME,
        "email": "sam@example.gov",
        "link": f"{settings.SITE_URL}/admin/reporting/accessrequest/",
    },
    "access_granted": {**_HISP, "link": f"{settings.SITE_URL}/reporting/"},
    "access_refused": _HISP,
    "rank": {
        "person": NAME,
        "what": "is now Reviewer",
        "by": "Alex Administrator",
        "by_invitation": False,
        "link": f"{settings.SITE_URL}/admin/auth/user/1/change/",
    },
}


def letter(kind: str) -> tuple[str, str]:
    """Subject and body of a mail of that kind."""
    return letters.write(kind, FACTS[kind], NAME)
