"""Where reviews come from: files, tables, pages and pipes, each turned into raw text."""
