"""The JSON twin of the pages, under /api/v1: the same questions, for programs."""
