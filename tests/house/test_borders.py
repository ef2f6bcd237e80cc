"""Who may know whom, and that each service stands on its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import HOME

SERVICES = ("forms", "workflow", "notify")


@pytest.mark.machine
def test_the_import_contracts_hold() -> None:
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.machine
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_loads_with_only_shared_beside_it(service: str, tmp_path: Path) -> None:
    skip = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(HOME / "shared", tmp_path / "shared", ignore=skip)
    shutil.copytree(HOME / "services" / service, tmp_path / "services" / service, ignore=skip)

    loaded = subprocess.run(
        [sys.executable, "-c", f"import services.{service}.main, services.{service}.inbox"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert loaded.returncode == 0, loaded.stderr
