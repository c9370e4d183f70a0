"""The people of the demonstration. Everybody knows their password, so they exist nowhere else."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.urls import reverse

from hisps.models import Hisp, Membership
from hisps.roles import ADMINISTRATOR, REVIEWER

PASSWORD = "hisp-quarterly-demo"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """`hisps`: slugs of the HISPs that this person reports for; `group`: the role at OMB."""

    username: str
    first_name: str
    last_name: str
    task: str
    start: str  # name of the page to open
    hisps: tuple[str, ...] = ()
    group: str = ""


PEOPLE = (
    Person(
        "reporter",
        "Rosa",
        "Reporter",
        "reports for VHA and SSA Online Services",
        "reporting:home",
        ("va-vha", "ssa-oo"),
    ),
    Person(
        "reporter2",
        "Robin",
        "Reporter",
        "reports for USCIS, FSA and GSA",
        "reporting:home",
        ("dhs-uscis", "ed-fsa", "gsa-pep"),
    ),
    Person("reviewer", "Vera", "Reviewer", "approves or returns submissions", "admin:index", group=REVIEWER),
    Person(
        "administrator",
        "Ada",
        "Administrator",
        "publishes, opens quarters, keeps HISPs",
        "admin:index",
        group=ADMINISTRATOR,
    ),
)


def accounts() -> dict[str, User]:
    """The accounts by user name, made or put right."""
    return {person.username: _account(person) for person in PEOPLE}


def sheet(site: str) -> str:
    """What to tell whoever started the demonstration; `site` is where it is served, such as http://127.0.0.1:8000."""
    lines = [f"Sign in at {site}{reverse('login')} (password of all: {PASSWORD})"]
    lines += [f"  {person.username:<14} {person.task:<40} {site}{reverse(person.start)}" for person in PEOPLE]
    visitor = f"  {'(nobody)':<14} {'reads the published scores':<40} {site}{reverse('dashboards:home')}"
    return "\n".join([*lines, visitor])


def _account(person: Person) -> User:
    user, _ = get_user_model().objects.get_or_create(username=person.username)
    user.first_name, user.last_name = person.first_name, person.last_name
    user.email = f"{person.username}@example.gov"
    user.is_active, user.is_staff, user.is_superuser = True, bool(person.group), False
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name=person.group))
    for hisp in Hisp.objects.filter(slug__in=person.hisps):
        membership, _ = Membership.objects.get_or_create(user=user, hisp=hisp)
        if membership.last_day is not None:
            membership.last_day = None
            membership.save(update_fields=["last_day"])
    return user
