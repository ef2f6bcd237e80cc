"""`make lock`: write requirements.lock (production) and requirements-dev.lock (this machine) from pyproject.toml."""

from __future__ import annotations

import subprocess
import sys

from dev.part import HOME

PRODUCTION, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
COMPILE = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet")


def write_lock_files() -> None:
    """Resolve both, the second within the versions of the first; without the address of any registry in them."""
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    _compile(PRODUCTION)
    _compile(DEVELOPMENT, "--extra=dev", f"--constraints={PRODUCTION}")
    print(f"{PRODUCTION} and {DEVELOPMENT} are written")


def _compile(output: str, *more: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", *COMPILE, *more, "pyproject.toml", "-o", output]
    subprocess.run(command, check=True, cwd=HOME)
