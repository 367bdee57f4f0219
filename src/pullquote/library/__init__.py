"""The library: readings kept in one DuckDB file, safely, and put to questions."""
