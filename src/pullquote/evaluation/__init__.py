"""How well readings agree with what careful people wrote down about the same reviews."""
