"""Whether a public page or a file is still what it was: one text that changes with everything it is made of.

Of a page (`read`) that is: publications; acts on a quarter (an event tells of each: submitted, extended, not
reporting, a document); the registry; the calendar (a due moment that passes, a new day); and our own code. Of a file
(`edition`) it is publications, the registry and our code: no file tells of a day or of what is not published, so none
changes with them.
"""

from dashboards.freshness.code import Code, code
from dashboards.freshness.snapshot import snapshot
from dashboards.freshness.stamps import ALWAYS_ASK, Edition, Stamp, edition, read

__all__ = ["ALWAYS_ASK", "Code", "Edition", "Stamp", "code", "edition", "read", "snapshot"]
