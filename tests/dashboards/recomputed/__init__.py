"""Every public figure made a second time: from OMB's own rows and the words of the methods page alone.

Nothing here imports reporting.scoring or dashboards. `history` reads the rows, `scores` combines them, `words` writes
numbers as text. `page` takes a page of HTML apart; `checks`, `tables`, `figures`, `quarters`, `surveys`,
`side_by_side` and `cautions` hold what it prints against what it should. `datasets` and `registry` make the rows of
the data files, `files` holds a download against them; `chart_files` and `drawings` do so with the files of charts.
`restated` is a file of OMB's that changes some of the history.
"""
