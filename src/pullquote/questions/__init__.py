"""Questions to a library: films, people, rankings, praise to quote. Command line and Python ask the same functions."""
