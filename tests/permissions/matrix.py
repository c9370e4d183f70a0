"""Who may open which address, with which method.

A row has eight cells, in the order of `world.ACTORS`: An RA RB RV RS AD SU DX. A cell is `ok` (the page is shown,
done, or refused with a sentence about the input or the state), `L` (to the sign-in page), or the status it must have.
An address without a row fails the test; so does a row without an address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from hisps.models import Department, Designation, Hisp, Membership, Service, Touchpoint
from reporting.models import AccessRequest, Event, Invitation, Mail, Quarter, SupportingDocument, Upload
from tests.permissions.world import World

#              An   RA   RB   RV   RS   AD   SU   DX
EVERYBODY = "  ok   ok   ok   ok   ok   ok   ok   ok"
NOTHING_THERE = "404 404  404  404  404  404  404  404"
SIGNED_IN = "  L    ok   ok   ok   ok   ok   ok   L "
TO_SIGN_IN = " L    L    L    L    L    L    L    L "
OWNER = "      L    ok   404  403  403  403  403  L "
OWN_LIST = "   L    ok   ok   403  403  403  403  L "
OWNER_OMB = "  L    ok   404  ok   ok   ok   ok   L "
DESK = "       L    403  403  ok   ok   ok   ok   L "
ADMINS = "     L    403  403  403  403  ok   ok   L "
ADMIN = "      L    403  403  403  403  ok   403  L "
SUPER = "      L    403  403  403  403  403  ok   L "
OTHERS_ACT = " L    403  403  404  404  ok   ok   L "
NOBODY = "     L    403  403  403  403  403  403  L "

Arguments = Callable[[World], list[Any]]


@dataclass(frozen=True)
class Row:
    """Methods that are not given answer 405. HEAD goes with GET, OPTIONS with everything."""

    get: str = ""
    post: str = ""
    args: Arguments = lambda world: []
    data: Callable[[World], dict[str, Any]] = lambda world: {}


def _hisp_quarter(world: World) -> list[Any]:
    return [world.hisp.slug, world.quarter.fiscal]


def _version(world: World) -> list[Any]:
    return [world.published.publication.number, world.published.quarter.fiscal]


def _upload(world: World) -> list[Any]:
    return [world.upload.pk]


def _submission(world: World) -> list[Any]:
    return [world.submission.pk]


def _survey(world: World) -> str:
    report = world.published.reports.get()
    return f"{report.touchpoint_id}-{report.channel}"


def _quarter(world: World) -> list[Any]:
    return [world.quarter.pk]


def _expectation(world: World) -> list[Any]:
    return [world.hisp.expectations.get(quarter=world.quarter).pk]


def step_data(world: World) -> dict[str, Any]:
    """What the forms of all steps ask for."""
    asked = {"reason": "Check the totals.", "indicator": "yellow"}
    return {"lock_version": world.submission.lock_version, **asked}


def step(name: str) -> Arguments:
    return lambda world: [world.submission.pk, name]


PUBLIC = {
    "healthz": Row(EVERYBODY),
    "dashboards:home": Row(EVERYBODY),
    "dashboards:hisps": Row(EVERYBODY),
    "dashboards:hisp": Row(EVERYBODY, args=lambda world: [world.published.hisp.slug]),
    "dashboards:hisp_quarter": Row(
        EVERYBODY, args=lambda world: [world.published.hisp.slug, world.published.quarter.fiscal]
    ),
    "dashboards:revision": Row(
        EVERYBODY, args=lambda world: [world.published.hisp.slug, world.published.quarter.fiscal, 1]
    ),
    "dashboards:corrections": Row(EVERYBODY),
    "dashboards:service": Row(EVERYBODY, args=lambda world: [world.published.reports.get().service.slug]),
    "dashboards:domain": Row(EVERYBODY, args=lambda world: ["satisfaction"]),
    "dashboards:quarters": Row(EVERYBODY),
    "dashboards:quarter": Row(EVERYBODY, args=lambda world: [world.published.quarter.fiscal]),
    "dashboards:chart_of_hisp": Row(EVERYBODY, args=lambda world: [world.published.hisp.slug, "trend", "svg"]),
    "dashboards:chart_of_hisp_quarter": Row(
        EVERYBODY,
        args=lambda world: [world.published.hisp.slug, world.published.quarter.fiscal, "answers", "csv"],
    ),
    "dashboards:chart_of_service": Row(
        EVERYBODY, args=lambda world: [world.published.reports.get().service.slug, "trend", "svg"]
    ),
    "dashboards:chart_of_quarters": Row(EVERYBODY, args=lambda world: ["domains", "svg"]),
    "dashboards:chart_of_quarter": Row(
        EVERYBODY, args=lambda world: [world.published.quarter.fiscal, "answers", "svg"]
    ),
    "dashboards:chart_of_compare": Row(NOTHING_THERE, args=lambda world: ["lines", "svg"]),  # nothing is chosen
    "dashboards:chart_of_domain": Row(EVERYBODY, args=lambda world: ["satisfaction", "trend", "csv"]),
    "dashboards:compare": Row(EVERYBODY),
    "dashboards:departments": Row(EVERYBODY),
    "dashboards:department": Row(EVERYBODY, args=lambda world: [world.published.hisp.department.slug]),
    "dashboards:chart_of_department": Row(
        EVERYBODY, args=lambda world: [world.published.hisp.department.slug, "trend", "svg"]
    ),
    "dashboards:survey": Row(EVERYBODY, args=lambda world: [_survey(world)]),
    "dashboards:chart_of_survey": Row(EVERYBODY, args=lambda world: [_survey(world), "trend", "svg"]),
    "dashboards:search": Row(EVERYBODY),
    "dashboards:methods": Row(EVERYBODY),
    "dashboards:about": Row(EVERYBODY),
    "dashboards:accessibility": Row(EVERYBODY),
    "dashboards:data": Row(EVERYBODY),
    "dashboards:dataset": Row(EVERYBODY, args=lambda world: ["scores", "csv"]),
    "dashboards:choose": Row(EVERYBODY),
    "dashboards:checksums": Row(EVERYBODY),
    "dashboards:openapi": Row(EVERYBODY),
    "dashboards:versions": Row(EVERYBODY),
    "dashboards:version": Row(EVERYBODY, args=_version),
    "dashboards:version_file": Row(EVERYBODY, args=lambda world: [*_version(world), "scores", "csv"]),
    "dashboards:catalog": Row(EVERYBODY),
    "dashboards:feed": Row(EVERYBODY),
    "dashboards:sitemap": Row(EVERYBODY),
    "dashboards:robots": Row(EVERYBODY),
    "dashboards:embed": Row(EVERYBODY),
    "dashboards:embed_hisp": Row(EVERYBODY, args=lambda world: [world.published.hisp.slug]),
    "dashboards:dictionary": Row(EVERYBODY),
    "dashboards:dictionary_csv": Row(EVERYBODY),
    "dashboards:checks": Row(EVERYBODY),
}

ACCOUNTS = {
    "login": Row(EVERYBODY, EVERYBODY),
    "logout": Row("", SIGNED_IN),
    "after_login": Row(SIGNED_IN),
    "password_change": Row(SIGNED_IN, SIGNED_IN),
    "password_reset": Row(EVERYBODY, EVERYBODY),
    "password_reset_done": Row(EVERYBODY),
    "password_reset_confirm": Row(EVERYBODY, EVERYBODY, lambda world: ["MQ", "no-token"]),
    "invitation": Row(EVERYBODY, EVERYBODY, lambda world: ["no-token"]),
    "ask_for_access": Row(EVERYBODY, EVERYBODY),
    "asked_for_access": Row(EVERYBODY),
    "confirm_address": Row(EVERYBODY, EVERYBODY, lambda world: ["no-token"]),
}

REPORTERS = {
    "reporting:home": Row(OWN_LIST),
    "reporting:quarter": Row(OWNER, args=_hisp_quarter),
    "reporting:template": Row(OWNER_OMB, args=_hisp_quarter),
    "reporting:upload": Row("", OWNER, args=_hisp_quarter),
    "reporting:upload_page": Row(OWNER, args=_upload),
    "reporting:original": Row(OWNER_OMB, args=_upload),
    "reporting:annotated": Row(OWNER, args=_upload),
    "reporting:correct": Row("", OWNER, args=_upload),
    "reporting:changes": Row(OWNER, args=_upload),
    "reporting:timeline": Row(OWNER, args=lambda world: [world.hisp.slug]),
    "reporting:submission": Row(OWNER, args=_submission),
    "reporting:submit": Row("", OWNER, args=_submission),
    "reporting:recall": Row("", OWNER, args=_submission),
    "reporting:comment": Row("", OWNER, args=_submission),
}

REVIEW = {
    "admin:index": Row(DESK),
    "admin:login": Row(TO_SIGN_IN, TO_SIGN_IN),
    "admin:logout": Row("", DESK),
    "admin:jsi18n": Row(DESK),
    "admin:password_change": Row(DESK, DESK),
    "admin:password_change_done": Row(DESK),
    "admin:auth_user_password_change": Row(ADMINS, ADMINS, lambda world: [world.people["RB"].pk]),
    "admin:reporting_quarter_publish": Row(ADMIN, ADMIN, args=_quarter),
    "admin:reporting_quarter_close": Row(ADMINS, ADMINS, args=_quarter),
    "admin:reporting_quarter_reopen": Row(ADMINS, ADMINS, args=_quarter),
    "admin:reporting_quarter_extend": Row(ADMINS, ADMINS, args=_expectation),
    "admin:reporting_quarter_not_reporting": Row(ADMINS, ADMINS, args=_expectation),
    "admin:reporting_quarter_expect_again": Row(ADMINS, ADMINS, args=_expectation),
    "admin:reporting_quarter_extend_chosen": Row(ADMINS, ADMINS, args=_quarter),
    "admin:reporting_quarter_remind": Row(ADMINS, ADMINS, args=_quarter),
    "admin:reporting_submission_settle": Row(
        "", DESK, lambda world: [world.submission.pk, world.submission.comments.get().pk]
    ),
    "admin:reporting_submission_changelist": Row(DESK, DESK),
    "admin:reporting_submission_change": Row(DESK, NOBODY, _submission),
    "admin:reporting_submission_add": Row(NOBODY, NOBODY),
    "admin:reporting_submission_delete": Row(NOBODY, NOBODY, _submission),
    "admin:reporting_submission_history": Row(DESK, args=_submission),
    "admin:reporting_submission_export": Row(DESK, DESK),
    "admin:reporting_upload_annotated": Row(DESK, args=_upload),
    "admin:reporting_invitation_send_again": Row("", ADMINS, lambda world: [world.one(Invitation).pk]),
    "admin:reporting_invitation_revoke": Row("", ADMINS, lambda world: [world.one(Invitation).pk]),
    "admin:reporting_accessrequest_grant": Row("", ADMINS, lambda world: [world.one(AccessRequest).pk]),
    "admin:reporting_accessrequest_refuse": Row("", ADMINS, lambda world: [world.one(AccessRequest).pk]),
    "admin:reporting_mail_previews": Row(ADMINS),
    "admin:reporting_mail_try_again": Row("", ADMINS, lambda world: [world.one(Mail).pk]),
    "admin:reporting_event_check": Row(ADMINS),
    "admin:reporting_event_history": Row(OTHERS_ACT, args=lambda world: [world.one(Event).pk]),
    "admin:reporting_event_export": Row(DESK, args=lambda world: ["csv"]),
    "admin:reporting_submission_comment": Row("", DESK, args=_submission),
}

STEPS = {
    #             An   RA   RB   RV   RS   AD   SU   DX
    "begin": "    L    403  403  ok   403  403  403  L ",
    "approve": "  L    403  403  ok   403  403  403  L ",
    "return": "   L    403  403  ok   403  ok   ok   L ",
    "indicator": "L    403  403  ok   403  403  403  L ",
    "publish": "  L    403  403  403  403  ok   403  L ",
    "withdraw": " L    403  403  403  403  ok   403  L ",
    "ask-for-correction": "L 403 403 403 403 ok 403 L",
    "take-back-correction": "L 403 403 403 403 ok 403 L",
}


@dataclass(frozen=True)
class Stock:
    """The stock pages of a model in the admin. `exchange`: who may import."""

    view: str = DESK
    add: str = NOBODY
    change: str = NOBODY
    exchange: str = ""


MODELS: dict[type, Stock] = {
    Department: Stock(add=ADMINS, change=ADMINS, exchange=ADMINS),
    Hisp: Stock(add=ADMINS, change=ADMINS, exchange=ADMINS),
    Service: Stock(add=ADMINS, change=ADMINS, exchange=ADMINS),
    Designation: Stock(add=ADMINS, change=ADMINS, exchange=ADMINS),
    Touchpoint: Stock(add=ADMINS, change=ADMINS),
    Membership: Stock(view=ADMINS, add=ADMINS, change=ADMINS),
    User: Stock(view=ADMINS, add=ADMINS, change=ADMINS),
    Quarter: Stock(add=ADMINS),
    Event: Stock(),
    Mail: Stock(view=ADMINS),
    Invitation: Stock(view=ADMINS, add=ADMINS),
    AccessRequest: Stock(view=ADMINS),
    Upload: Stock(),
    SupportingDocument: Stock(add=ADMINS, change=ADMINS),
}
