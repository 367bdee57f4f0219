"""Where readings go wrong: mistakes by kind, and the most telling ones, for `bench/errors.py`."""
