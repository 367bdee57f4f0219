"""A library in the forms of other tools, one file per form; and the answers of plain SQL, printed."""
