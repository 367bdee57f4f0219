"""Readers that Pullquote is measured beside, one per file, all of the same shape."""
