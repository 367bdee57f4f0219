"""The catalogue of films, and which of them a review is about."""
