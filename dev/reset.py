"""`make reset`: throw away everything the house kept on this machine, except installed tools."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev.lock import take_lock
from dev.stores import Stores

KEPT = frozenset({"lock", "tools"})


def reset(var: Path) -> None:
    """Empty the folder of the house; refuses while it runs."""
    with take_lock(var, say=print):
        Stores(var).remove_elsewhere()
        for entry in var.iterdir():
            if entry.name in KEPT:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    print("All data of this machine's house is gone; `make up` begins anew.")
