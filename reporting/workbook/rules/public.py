"""Findings that the public reads beside a published survey, with the explanation: those that tell how far its figures
can be taken at their word. All others are between the reporter and OMB.
"""

ABOUT_ITSELF = frozenset(
    {
        "percentages_as_counts",
        "average_as_count",
        "slip_in_percentages",
        "one_point_only",
        "answers_exceed_respondents",
        "answers_far_below_respondents",
        "same_counts_within",
        "counted_on",
        "other_scale",
        "scale_contradicted",
        "ten_point_wording",
        "everybody_answered",
        "offered_exceeds_customers",
        "respondents_exceed_offered",
    }
)
# Their sentences speak of figures elsewhere too, which may not be public.
BESIDE_OTHERS = frozenset(
    {
        "same_figures_twice",
        "same_volumes_twice",
        "same_as_last_quarter",
        "same_volumes_as_last_quarter",
        "volume_jump",
        "reversed_answers",
    }
)
PUBLIC = ABOUT_ITSELF | BESIDE_OTHERS
