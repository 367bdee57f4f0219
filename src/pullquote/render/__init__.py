"""A reading as a person sees it: on a terminal, on a page, in a notebook."""
