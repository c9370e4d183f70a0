"""OMB's published files of the past: read (pure), compared with what is here, and loaded as published submissions."""
