"""What things cost: `make bench`, or `python -m tests.bench [room ...]`. docs/speed.md says what each line means.

A room is a module with `lines`, which measures one subject and yields what it finds.
"""
