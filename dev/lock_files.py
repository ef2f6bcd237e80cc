"""`make lock`: write the lock files of production, of production that seals letters, and of this machine."""

from __future__ import annotations

import subprocess
import sys

from dev.part import HOME

PRODUCTION, SEALING, DEVELOPMENT = "requirements.lock", "requirements-seal.lock", "requirements-dev.lock"
COMPILE = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet")


def write_lock_files() -> None:
    """Resolve each within the versions of the one before; without the address of any registry in them."""
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    _compile(PRODUCTION)
    _compile(SEALING, "--extra=seal", f"--constraints={PRODUCTION}")
    _compile(DEVELOPMENT, "--extra=dev", f"--constraints={SEALING}")
    print(f"{PRODUCTION}, {SEALING} and {DEVELOPMENT} are written")


def _compile(output: str, *more: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", *COMPILE, *more, "pyproject.toml", "-o", output]
    subprocess.run(command, check=True, cwd=HOME)
