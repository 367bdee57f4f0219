"""Reading in bulk: reviews in, readings out in the same order, by one process or by several that share a model."""
