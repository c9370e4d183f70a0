"""Every public figure made a second time: from OMB's own rows and the words of the methods page alone.

Nothing here imports reporting.scoring or dashboards. `history` reads the rows, `scores` combines them, `words` writes
numbers as text, `page` takes a page of HTML apart, `checks` and `tables` hold what it prints against what it should.
"""
