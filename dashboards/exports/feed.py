"""What was published, corrected and withdrawn lately, as an Atom feed."""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from dashboards import publications
from dashboards.publications import Act

ENTRIES = 50
_TITLE = "HISP Quarterly: publications and corrections"
_SENTENCE = "Customer experience figures of High Impact Service Providers, as they are published and corrected."
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom() -> str:
    """2 queries."""
    home = f"{settings.SITE_URL}{reverse('dashboards:home')}"
    feed = Atom1Feed(
        title=_TITLE,
        link=home,
        description=_SENTENCE,
        language="en-us",
        author_name="HISP Quarterly",
        feed_url=f"{settings.SITE_URL}{reverse('dashboards:feed')}",
        feed_guid=home,
    )
    for act in publications.latest(ENTRIES):
        address = f"{settings.SITE_URL}{reverse('dashboards:version', args=[act.number, act.quarter.fiscal])}"
        feed.add_item(
            title=_fit(act.title),
            link=address,
            description=_summary(act),
            unique_id=address,
            pubdate=act.at,
            updateddate=act.at,
        )
    return feed.writeString("utf-8")


def _summary(act: Act) -> str:
    """A line for each HISP, with the reason where figures were corrected or withdrawn."""
    told = (f"{deed.name}: {deed.what}.{f' {deed.note}' if deed.note else ''}" for deed in act.deeds)
    return _fit("\n".join((f"Publication {act.number} on {act.on}.", *told)))


def _fit(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
