"""Mending readings: what a reader changes, kept beside the machine's reading and put on top of it."""
