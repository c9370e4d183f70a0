"""Bad workbooks, by family, and the good ones that must pass; each made in memory and with what must come of it.

A family is a module with ITEMS. `make corpus` prints the table.
"""
