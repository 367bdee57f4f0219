"""The search index: sentences of a library, found by their words and by what they mean."""
