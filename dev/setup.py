"""Makes a bare machine ready: `python3 dev/setup.py run|test`; only the standard library, before anything is installed.

Installs what it may (as root or where sudo asks nothing) and otherwise says in one line what to run. Kept readable for
Python 3.8, so that an old Python gets a sentence instead of a syntax error.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
LOCK = HOME / "requirements-dev.lock"
STAMP = VENV / "installed-lock"
TOOLS = HOME / "var" / "tools"
NPM_TOOLS = {"axe-core": "4.14.1", "vnu-jar": "26.9.27"}

OLDEST, TOO_NEW = (3, 11), (3, 14)
PYTHONS = ("python3", "python3.13", "python3.12", "python3.11")
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSER = "chromium-headless-shell"
"""Chromium without the windows of a browser: half the time of every test that looks at a page."""
PROGRAMS = {BROWSER: BROWSER, "java": "default-jre-headless", "node": "nodejs", "npm": "npm"}


class SetupError(Exception):
    """The machine cannot be made ready; the message says what to do."""


def main(purpose: str) -> int:
    """Make ready to run, or to test as well; 1 and one sentence when that cannot be done."""
    try:
        python = _fitting_python()
        _install_system(python, purpose=purpose)
        _make_environment(python)
        _install_locked()
        if purpose == "test":
            _install_browser()
            _install_npm_tools()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fitting_python() -> str:
    """The path of a Python that Balie runs on: the newest environment first, then what is on the path."""
    candidates = [str(VENV / "bin" / "python"), sys.executable, *(shutil.which(name) or "" for name in PYTHONS)]
    for candidate in candidates:
        if OLDEST <= _version_of(candidate) < TOO_NEW:
            return candidate
    raise SetupError(
        f"Balie needs Python 3.11, 3.12 or 3.13 and this machine has {sys.version.split()[0]}: install one, where your "
        "system has it by `apt install python3.11 python3.11-venv`, and run make again."
    )


def _version_of(python: str) -> tuple[int, int]:
    """Major and minor version; (0, 0) when it cannot be run."""
    try:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return (0, 0)
    major, minor = said.split()
    return int(major), int(minor)


def _install_system(python: str, *, purpose: str) -> None:
    """Install what is missing of the system's packages, in one go."""
    missing = [package for library, package in PANGO.items() if not _loads(library)] if _on_linux() else []
    if not (VENV / "bin" / "python").exists() and not _can_make_environments(python):
        missing.append("python{}.{}-venv".format(*_version_of(python)))
    if purpose == "test":
        missing += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if BROWSER in missing and not _apt_has_chromium():
        missing.remove(BROWSER)
    if missing == [BROWSER] and shutil.which("chromium"):  # that one will do: nothing stops for want of the other
        with contextlib.suppress(SetupError):
            _apt_install(missing)
    elif missing:
        _apt_install(missing)


def _on_linux() -> bool:
    return sys.platform.startswith("linux")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _can_make_environments(python: str) -> bool:
    return (
        subprocess.run([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    )


def _apt_has_chromium() -> bool:
    """Debian has it; what Ubuntu calls so only points at a snap, which a container cannot run."""
    try:
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False


def _apt_install(packages: list[str]) -> None:
    wanted = " ".join(packages)
    if not shutil.which("apt-get"):
        raise SetupError(f"Install what these Debian packages hold, then run make again: {wanted}")
    if not _may_install():
        raise SetupError(f"Run this once, then make again: sudo apt-get install -y {wanted}")
    print(f"Installing system packages: {wanted}", flush=True)
    apt = [*_as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    _must([*apt, "update"], "apt-get update failed: is there a network?")
    _must([*apt, "install", "-y", "--no-install-recommends", *packages], f"apt-get could not install {wanted}")


def _may_install() -> bool:
    return os.geteuid() == 0 or (
        shutil.which("sudo") is not None
        and subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    )


def _as_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _make_environment(python: str) -> None:
    """Make .venv, or make it anew when its Python is gone or does not fit."""
    if OLDEST <= _version_of(str(VENV / "bin" / "python")) < TOO_NEW:
        return
    print(f"Making .venv with {python}", flush=True)
    _must([python, "-m", "venv", "--clear", str(VENV)], "The virtual environment .venv could not be made.")


def _install_locked() -> None:
    """Install exactly what the lock names, checked by hash; only when the lock changed since the last time."""
    print_of_lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == print_of_lock:
        return
    print(f"Installing the Python packages of {LOCK.name}", flush=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    _must(
        [*pip, "install", "--require-hashes", "--no-deps", "-r", str(LOCK)],
        "The Python packages could not be installed: is there a network, and room on the disk?",
    )
    STAMP.write_text(print_of_lock)


def _install_browser() -> None:
    """Where the system has no Chromium, the one that belongs to Playwright."""
    if shutil.which(BROWSER) or shutil.which("chromium"):
        return
    python = str(VENV / "bin" / "python")
    _must(
        [*(python, "-m", "playwright"), "install", "chromium"], "Chromium could not be installed: install it yourself."
    )
    if _may_install():
        _must(
            [*_as_root(), python, "-m", "playwright", "install-deps", "chromium"], "Chromium's libraries are missing."
        )


def _install_npm_tools() -> None:
    """The accessibility and HTML checkers, in exactly the tested versions."""
    if all(_npm_version(name) == version for name, version in NPM_TOOLS.items()):
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in NPM_TOOLS.items()]
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", str(TOOLS)]
    _must([*npm, *wanted], "The page checkers could not be installed by npm: is there a network?")


def _npm_version(name: str) -> str:
    try:
        return str(json.loads((TOOLS / "node_modules" / name / "package.json").read_text())["version"])
    except OSError:
        return ""


def _must(command: list[str], otherwise: str) -> None:
    if subprocess.run(command, cwd=str(HOME), check=False).returncode:
        raise SetupError(otherwise)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
