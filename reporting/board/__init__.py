"""The quarter board: where every HISP of a quarter stands, whose turn it is, and what happens next. Reads only.

`standing` places every HISP in two light queries; `asked` is what an address asks of the list; `rows` reads figures,
findings and events for one page of rows only. So a board of 400 HISPs costs little more than one of 40.
"""
