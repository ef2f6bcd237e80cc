"""Taking files in, with stand-ins for everything outside: what is kept, what is refused, and in which order."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from services.forms.actions.filling import open_form, start_draft
from services.forms.actions.quarantine import UnknownFileError, destroy, judge_anew
from services.forms.actions.scanning import Watch, judge_file
from services.forms.actions.uploading import UnknownQuestionError, add_file, add_file_by_key, remove_file
from services.forms.domain.drafts import UnknownDraftError
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.files import Scan, StoredFile
from services.forms.ports import Means
from services.forms.ports.files import ScannerAwayError, Upload
from shared.events import FileAwaitsScan, FileScanned
from tests.services.forms.filed import FILED
from tests.services.forms.files import EICAR
from tests.services.forms.noor import NOW, Memory, Shelf, means_with
from tests.services.forms.shelf import FakeScanner, FakeScrubber, FakeVault


@pytest.fixture
def memory() -> Memory:
    return Memory()


def means_of(memory: Memory, **changes: Any) -> Means:
    made = means_with(memory, products=Shelf(now={"objecten": FILED}))
    return replace(made, scanner=FakeScanner(), **changes)


def upload(content: bytes = b"a plan", *, size: int | None = None) -> Upload:
    return Upload(name="plan.pdf", size=len(content) if size is None else size, content=io.BytesIO(content))


def started(means: Means) -> str:
    return start_draft(FILED, language="nl", means=means, now=NOW)


def add(means: Means, token: str, content: bytes = b"a plan", **changes: Any) -> None:
    add_file(token, question_id="drawing", upload=upload(content, **changes), means=means, now=NOW)


def only(memory: Memory) -> StoredFile:
    (file,) = memory.shelf.files.values()
    return file


def test_a_file_is_kept_as_it_was_made_safe_and_named_in_the_answer(memory: Memory) -> None:
    means = means_of(memory)
    token = started(means)
    add(means, token)
    file = only(memory)
    vault: Any = means.vault
    assert vault.kept[file.place] == b"clean a plan"
    assert file.bytes == len(b"clean a plan")
    assert open_form(token, means=means, now=NOW).draft.answers["drawing"] == [file.answer]
    assert memory.told == []


def test_a_refused_file_leaves_nothing_anywhere(memory: Memory) -> None:
    for reason in ("type", "malformed", "protected", "harmful", "failed"):
        means = means_of(memory, scrubber=FakeScrubber(refuses=reason))
        with pytest.raises(WrongAnswerError):
            add(means, started(means))
    assert memory.shelf.files == {}


def test_the_scanner_judges_the_file_as_it_came_and_before_anything_else(memory: Memory) -> None:
    means = means_of(memory, scrubber=FakeScrubber(refuses="type"))
    with pytest.raises(WrongAnswerError, match="drawing"):
        add(means, started(means), EICAR)
    file = only(memory)
    vault: Any = means.vault
    assert (file.scan, file.finding, vault.kept[file.place]) == (Scan.INFECTED, "Eicar", EICAR)


def test_while_the_scanner_is_away_the_file_is_kept_and_told_to_wait(memory: Memory) -> None:
    means = replace(means_of(memory), scanner=FakeScanner(away=True))
    add(means, started(means))
    assert only(memory).scan is Scan.WAITING
    assert memory.told == [FileAwaitsScan(file_id=only(memory).id)]


def test_a_file_that_did_not_fit_on_the_disk_is_our_own_fault(memory: Memory) -> None:
    means = means_of(memory)
    with pytest.raises(WrongAnswerError) as wrong:
        add(means, started(means), b"half", size=8)
    assert "Probeer het nog een keer" in wrong.value.faults[0].text.nl
    full = means_of(memory, vault=FakeVault(full=True))
    with pytest.raises(WrongAnswerError):
        add(full, started(full))
    assert memory.shelf.owners[only(memory).id] is None


def test_a_question_that_asks_for_no_file_takes_none(memory: Memory) -> None:
    means = means_of(memory)
    token = started(means)
    for question in ("note", "purpose", "onzin"):
        with pytest.raises(UnknownQuestionError):
            add_file(token, question_id=question, upload=upload(), means=means, now=NOW)
    with pytest.raises(UnknownDraftError):
        add(means, "another token")


def test_a_full_answer_takes_no_more_and_a_removed_file_makes_room(memory: Memory) -> None:
    means = means_of(memory)
    token = started(means)
    for content in (b"one", b"two"):
        add(means, token, content)
    with pytest.raises(WrongAnswerError):
        add(means, token, b"three")
    first = next(iter(memory.shelf.files))
    remove_file(token, question_id="drawing", file_id=first, means=means, now=NOW)
    add(means, token, b"three")
    assert len(open_form(token, means=means, now=NOW).draft.answers["drawing"]) == 2


def test_a_program_sends_its_files_under_its_key(memory: Memory) -> None:
    means = means_of(memory)
    key = b"a key of 16 byte and more"
    file = add_file_by_key(FILED, question_id="drawing", upload=upload(), key_hash=key, means=means, now=NOW)
    again = add_file_by_key(FILED, question_id="drawing", upload=upload(), key_hash=key, means=means, now=NOW)
    other = add_file_by_key(FILED, question_id="drawing", upload=upload(b"b"), key_hash=key, means=means, now=NOW)
    assert again == file
    assert memory.files.of_key(key) == [file, other]
    assert memory.files.of_key(b"another key") == []


def waiting(memory: Memory) -> tuple[Means, StoredFile]:
    means = replace(means_of(memory), scanner=FakeScanner(away=True), scrubber=FakeScrubber())
    add(means, started(means), EICAR)
    return means, only(memory)


def test_a_file_waits_on_while_the_scanner_stays_away(memory: Memory) -> None:
    means, file = waiting(memory)
    watch = Watch(vault=means.vault, scanner=FakeScanner(away=True))
    with pytest.raises(ScannerAwayError):
        judge_file(file.id, watch=watch, files=memory.files, tell=memory.tell)
    assert only(memory).scan is Scan.WAITING


def test_a_verdict_after_sending_is_told_once(memory: Memory) -> None:
    means, file = waiting(memory)
    memory.files.send([file.id], reference="Z-2026-7KQ4-M2XD")
    memory.told.clear()
    for _ in range(2):
        judge_file(file.id, watch=Watch(vault=means.vault, scanner=FakeScanner()), files=memory.files, tell=memory.tell)
    assert memory.told == [FileScanned(reference="Z-2026-7KQ4-M2XD", file_id=file.id, scan="infected")]


def test_an_administrator_has_a_set_aside_file_judged_anew_or_destroyed(memory: Memory) -> None:
    means = means_of(memory)
    with pytest.raises(WrongAnswerError):
        add(means, started(means), EICAR)
    file = only(memory)
    judge_anew(file.id, means=means, now=NOW)
    assert only(memory).scan is Scan.WAITING
    with pytest.raises(UnknownFileError):
        destroy(file.id, by="Bram de Wit", means=means, now=NOW)
    judge_file(file.id, watch=Watch(vault=means.vault, scanner=FakeScanner()), files=memory.files, tell=memory.tell)
    destroy(file.id, by="Bram de Wit", means=means, now=NOW)
    vault: Any = means.vault
    assert vault.kept == {}
