"""The merged log that `make up` shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dev.journal import Journal


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            '{"event": "case opened", "level": "info", "timestamp": "2026-11-24T09:42:00Z", "reference": "Z-1"}',
            "case opened  reference=Z-1",
        ),
        ('{"event": "mail refused", "level": "error"}', "error: mail refused"),
        ("2026-11-24 09:42:00.123 UTC LOG:  database system is ready", "LOG:  database system is ready"),
        ("[2026-11-24 09:42:00 +0000] [12] [INFO] Booting worker", "[12] [INFO] Booting worker"),
        ("18685:M 24 Nov 2026 09:42:00.814 * Ready to accept connections", "Ready to accept connections"),
        ("Traceback (most recent call last):", "Traceback (most recent call last):"),
        ("42", "42"),
    ],
)
def test_each_event_is_one_line_with_the_name_of_its_part(tmp_path: Path, written: str, shown: str) -> None:
    journal = Journal(tmp_path, coloured=False)
    (tmp_path / "forms.log").write_text(written + "\n")
    (line,) = journal.news()
    assert re.fullmatch(r"\d\d:\d\d:\d\d forms +" + re.escape(shown), line)


def test_a_line_is_told_once_and_only_when_it_is_whole(tmp_path: Path) -> None:
    log = tmp_path / "forms.log"
    log.write_text("before the house was started\n")
    journal = Journal(tmp_path, coloured=False)
    with log.open("a") as writing:
        writing.write("half ")
        writing.flush()
        assert list(journal.news()) == []
        writing.write("and half\n")
    assert [line[-13:] for line in journal.news()] == ["half and half"]
    assert list(journal.news()) == []


def test_a_log_that_was_put_aside_is_read_from_its_new_beginning(tmp_path: Path) -> None:
    log = tmp_path / "forms.log"
    log.write_text("long ago " * 10 + "\n")
    journal = Journal(tmp_path, coloured=False)
    log.write_text("anew\n")
    assert [line.split()[-1] for line in journal.news()] == ["anew"]


def test_an_error_is_red_on_a_terminal_only(tmp_path: Path) -> None:
    journals = [Journal(tmp_path, coloured=coloured) for coloured in (True, False)]
    (tmp_path / "forms.log").write_text('{"event": "failed", "level": "error"}\n')
    on_terminal, in_file = (next(journal.news()) for journal in journals)
    assert on_terminal.startswith("\033[31m")
    assert "\033" not in in_file
