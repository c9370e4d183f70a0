"""What is said to whom in the quarter, and who was told."""

from reporting.models import Mail

RETURNED = {
    "ssa-oo": "Please look at the comment beside the customers.",
    "opm-rs": "Please write what you learned this quarter.",
    "multi-rec": "Please tell us how many people gave each answer.",
}
A_COMMENT = {
    "ssa-oo": ("Touchpoints!F5", "More people were offered the survey than there were customers. Is a digit missing?"),
    "multi-rec": ("Responses!F5", "These look like percentages."),
}
WHAT_CHANGED = {  # as the reviewer sees it when they are back
    "ssa-oo": ("5,374,503", "53,745,031", A_COMMENT["ssa-oo"][1]),
    "opm-rs": ("Changed as OMB asked.", "What Retirement Services learned in this quarter."),
    "multi-rec": ("The reflection says what the counts are.", "They are: our provider gives us nothing else."),
}
REVIEWER, ADMINISTRATOR = "reviewer@omb.example", "administrator@omb.example"


def told(kind: str) -> set[str]:
    """The HISPs whose reporters were sent such a mail."""
    return set(Mail.objects.filter(kind=kind).values_list("hisp__slug", flat=True))
