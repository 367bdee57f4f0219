"""What a figure was measured on: processor, memory, system, versions, day."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def machine(packages: Sequence[str]) -> dict[str, object]:
    """Machine, date and versions, ready for JSON."""
    return {
        "processor": _processor(),
        "cores": cores(),
        "memory_gb": _memory(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in packages},
        "date": date.today().isoformat(),
    }


def sentence(found: dict[str, object]) -> str:
    """The same for people, on one line."""
    return (
        f"{found['processor']}, {found['cores']} cores, {found['memory_gb']} GB, "
        f"{found['system']}, Python {found['python']}, {found['date']}"
    )


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (AttributeError, ValueError, OSError):
        return None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
