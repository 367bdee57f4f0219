"""What the comparison is made of: its data, its readers, and what is measured of each."""
