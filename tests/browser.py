"""Chromium, axe and the HTML checker for every test that looks at a page as people and their tools do."""

import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from playwright.sync_api import Error as BrowserError
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "var/tools"
PINNED = {"axe-core": "4.14.1", "vnu-jar": "26.9.27"}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 375, 320)
"""A desk, a telephone and the smallest window of WCAG 1.4.10, in pixels."""
LAYOUTS = (1280, 320)
"""Where axe looks: a telephone has the layout of the smallest window, as no style sheet turns between the two."""

REFUSED = "Failed to load resource: the server responded with a status of 4"
"""How the console tells of an answer 4xx: no fault where a test asks for one."""

JAVA_FLAGS = ["-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
"""Half the processor time for a run of seconds: one thread collects, and nothing is compiled twice."""

CHROMIUM = ("chromium-headless-shell", "chromium")
"""The same engine twice; without the windows of a browser around it, a page takes half the processor time."""

CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=nl-NL"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

expect.set_options(timeout=15_000)  # milliseconds: a machine of continuous integration may be slow


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of the machine: nothing is downloaded."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: tests give whole addresses. (The fixture of pytest-playwright's own helper warns under this pytest.)"""


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose test also fails on a console error, a script error or a breach of the content policy."""
    problems = _listen(page.context)
    yield page
    _assert_silent(problems, expected=f"{REFUSED}22")  # a form with faults, as it should


@pytest.fixture
def page_without_scripts(browser: Browser) -> Iterator[Page]:
    """A page of a visitor whose scripts do not run."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@contextmanager
def open_browser(browser: Browser, *, scripts: bool = True, expected: str | None = REFUSED) -> Iterator[BrowserContext]:
    """A browser of one person that knows nothing of others; it fails on a word on its console that was not expected."""
    context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
    context.set_default_timeout(20_000)
    problems = _listen(context)
    yield context
    context.close()
    _assert_silent(problems, expected=expected)


@contextmanager
def served(app: Flask | Callable[[str], Flask]) -> Iterator[str]:
    """Serve an app on a free port of this machine; its address, from which an app that must know it is made."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        made = app if isinstance(app, Flask) else app(address)
        server = make_server("127.0.0.1", port, made, threaded=True, fd=held.fileno())
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def faults_on(page: Page, *, widths: Iterable[int] = WIDTHS, targets: bool = True) -> list[str]:
    """What axe finds in each layout, the edge of the window and the size of controls at each width, all opened.

    It waits for the page to be loaded; after a click a test first waits for what only the next page has.
    `targets=False` leaves the sizes out, for a page of paper.
    """
    try:
        return _faults_on(page, widths=widths, targets=targets)
    except BrowserError as gone:
        if "context was destroyed" not in str(gone):  # the next page came after all: that one is looked at
            raise
        return _faults_on(page, widths=widths, targets=targets)


def _faults_on(page: Page, *, widths: Iterable[int], targets: bool) -> list[str]:
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    where = re.sub(r"[\w-]{24,}", "…", page.url)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        breaches = axe_violations(page) if width in LAYOUTS else []
        found += [f"{where} at {width}: {rule} {nodes[:2]}" for rule, _, nodes in breaches]
        found += [f"{where} at {width} is {over} wider than the window" for over in [sideways_scroll(page)] if over]
        found += [f"{where} at {width} is small: {each}" for each in small_targets(page) if targets]
    return found


def axe_violations(page: Page) -> list[tuple[str, str, list[str]]]:
    """Rule, impact and elements of each breach of WCAG 2.2 A/AA and axe's best practice, as the page now stands."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())  # through the debugger, so a strict content policy does not stop it
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", AXE_TAGS
    )
    return [(rule["id"], rule["impact"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def small_targets(page: Page, pixels: int = 24) -> list[str]:
    """Controls that are smaller than this and do not stand in a line of text (WCAG 2.5.8 and its exception)."""
    found: list[str] = page.evaluate(
        """pixels => [...document.querySelectorAll('a,button,input,select,textarea,summary')].filter(e => {
            const box = e.getBoundingClientRect();
            return e.checkVisibility() && box.width && (box.height < pixels || box.width < pixels)
                && !e.closest('p,dd,[aria-hidden=true]')
                && !(e.closest('li') && getComputedStyle(e).display === 'inline');
        }).map(e => e.outerHTML)""",
        pixels,
    )
    return found


def html_check(pages: Iterable[Path | str]) -> list[str]:
    """What the Nu HTML checker says of these files or texts: errors and warnings, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(_as_file(page, Path(folder) / f"page-{number}.html")) for number, page in enumerate(pages)]
        jar = tools() / "vnu-jar/build/dist/vnu.jar"
        done = subprocess.run(
            ["java", *JAVA_FLAGS, "-jar", str(jar), "--format", "json", *files],
            capture_output=True,
            text=True,
            check=False,
        )
        messages = json.loads(done.stderr or done.stdout)["messages"]
    return [f"{Path(m.get('url', '')).name}:{m.get('lastLine', '?')} {m['message']}" for m in messages]


@cache
def tools() -> Path:
    """The folder with axe-core and the Nu HTML checker in the pinned versions; they are fetched once."""
    modules = TOOLS / "node_modules"
    if any(_installed(modules / name) != version for name, version in PINNED.items()):
        wanted = [f"{name}@{version}" for name, version in PINNED.items()]
        flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
        TOOLS.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", str(TOOLS), *flags, *wanted], check=True, capture_output=True)
    return modules


def _listen(context: BrowserContext) -> list[str]:
    """What the console of every page of this browser comes to say, and what its scripts fail with."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: said.append(str(error.error)))
    return said


def _assert_silent(said: list[str], *, expected: str | None) -> None:
    problems = [text for text in said if expected is None or not text.startswith(expected)]
    assert problems == [], problems


@cache
def _axe() -> str:
    return (tools() / "axe-core/axe.min.js").read_text()


def _installed(folder: Path) -> str:
    file = folder / "package.json"
    return str(json.loads(file.read_text())["version"]) if file.exists() else ""


def _as_file(page: Path | str, file: Path) -> Path:
    if isinstance(page, Path):
        return page
    file.write_text(page)
    return file
