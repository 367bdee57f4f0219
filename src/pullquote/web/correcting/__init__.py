"""What the pages of correcting are made of: selections, forms, the author's name, and what is shown."""
