"""Puts the benchmark's folder on the path, as running its scripts does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
