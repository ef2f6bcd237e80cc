"""What is asked of clamd, in its own protocol, and what its answers mean."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from services.forms.domain.files import Scan
from services.forms.ports.files import ScannerAwayError
from services.forms.scanning import ClamdScanner, NoScanner, scanner_at
from tests.services.forms.filed import open_scanner
from tests.services.forms.files import EICAR

pytestmark = pytest.mark.machine


@contextmanager
def answering(answer: bytes, *, read: bool = True) -> Iterator[str]:
    """A program that answers this to whatever comes, and may hang up before it read all."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                while read and not line.recv(65_536).endswith(b"\0\0\0\0"):
                    pass
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_a_file_is_clean_or_infected_with_what_was_found() -> None:
    with open_scanner() as url:
        scanner = ClamdScanner(url)
        assert scanner.answers()
        clean = scanner.scan(io.BytesIO(b"a plan" * 100_000))
        found = scanner.scan(io.BytesIO(b"x" * 100_000 + EICAR))
        empty = scanner.scan(io.BytesIO(b""))
    assert (clean.scan, clean.finding) == (Scan.CLEAN, "")
    assert (found.scan, found.finding) == (Scan.INFECTED, "Eicar-Test-Signature")
    assert empty.scan is Scan.CLEAN


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate memory ERROR\0", b"", b"\xff\xfe\0"]
)
def test_an_answer_that_says_neither_is_no_answer(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(ScannerAwayError):
        ClamdScanner(url).scan(io.BytesIO(b"a plan"))


def test_a_scanner_that_hangs_up_in_the_middle_is_away() -> None:
    with answering(b"", read=False) as url, pytest.raises(ScannerAwayError):
        ClamdScanner(url).scan(io.BytesIO(b"x" * 20_000_000))


def test_a_scanner_that_does_not_listen_is_away() -> None:
    for url in ("tcp://127.0.0.1:9", "unix:///nowhere/clamd.sock"):
        with pytest.raises(ScannerAwayError):
            ClamdScanner(url).scan(io.BytesIO(b"a plan"))


def test_without_a_scanner_it_is_said_that_nobody_looked() -> None:
    assert isinstance(scanner_at(""), NoScanner)
    assert scanner_at("").scan(io.BytesIO(EICAR)).scan is Scan.UNSCANNED
