"""Letters go to a real SFTP server that is known by its key, with the table for mail merge and a manifest each."""

from __future__ import annotations

import asyncio
import csv
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from services.notify.ports import PaperLetter, UnreachableError
from services.notify.print_server import PrintServer, print_room_at
from services.notify.tray import COLUMNS
from shared.ids import new_id
from shared.settings import BadSettingError
from tests.services.notify.noor import NOW

pytestmark = pytest.mark.machine

OURS, THEIRS, STRANGER = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(3))
LETTER = PaperLetter(
    id=new_id(),
    kind="client",
    reference="=1+1",
    addressee=("Noor", "Plein 1"),
    made_at=NOW,
    pdf=b"%PDF 1",
    postage="first",
)


def text_of(key: asyncssh.SSHKey) -> str:
    return key.export_private_key().decode()


def known_as(key: asyncssh.SSHKey) -> str:
    return key.export_public_key().decode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server that shows one folder, in a thread of its own."""
    (tmp_path / "in").mkdir()
    loop = asyncio.new_event_loop()

    async def listen() -> asyncssh.SSHAcceptor:
        allowed = asyncssh.import_authorized_keys(known_as(OURS))
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[THEIRS],
            authorized_client_keys=allowed,
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(tmp_path).encode()),
        )

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    yield f"sftp://balie@127.0.0.1:{listening.get_port()}/in"
    asyncio.run_coroutine_threadsafe(_close(listening), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    """A thread to write from: Playwright leaves a loop running in that of the tests."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


async def _close(listening: asyncssh.SSHAcceptor) -> None:
    listening.close()
    await listening.wait_closed()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


def test_a_letter_lies_there_whole_with_its_row_and_its_manifest_and_the_same_one_again_adds_nothing(
    server: str, worker: ThreadPoolExecutor, tmp_path: Path
) -> None:
    room = print_room_at(server, key=text_of(OURS), host_key=known_as(THEIRS))
    for each in (LETTER, LETTER, replace(LETTER, pdf=b"%PDF 2")):
        worker.submit(room.put, each).result()
    lying = sorted(path.name for path in (tmp_path / "in").iterdir())
    assert lying == sorted([f"{LETTER.id}.json", f"{LETTER.id}.pdf", "letters-2026-11-24.csv"])
    told = json.loads((tmp_path / "in" / f"{LETTER.id}.json").read_text())
    text = (tmp_path / "in" / "letters-2026-11-24.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert [row["sha256"] == told["sha256"] for row in rows] == [False, True]
    assert (rows[1]["line_1"], rows[1]["line_7"], rows[1]["reference"]) == ("Noor", "", "'=1+1")
    assert (tmp_path / "in" / told["file"]).read_bytes() == b"%PDF 2"


def test_two_that_begin_the_table_of_a_day_at_once_leave_one_head_and_every_row(server: str, tmp_path: Path) -> None:
    place = PrintServer(server, key=text_of(OURS), host_key=known_as(THEIRS))

    def add(number: int) -> None:
        with place.visit() as there:
            there.add("day.csv", b"%d\r\n" % number, head=b"row\r\n")

    with ThreadPoolExecutor(4) as together:
        list(together.map(add, range(8)))
    lines = (tmp_path / "in" / "day.csv").read_text().split()
    assert (lines[0], sorted(lines[1:])) == ("row", [str(number) for number in range(8)])
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["day.csv"]


def test_a_server_with_another_key_or_that_does_not_know_us_or_is_away_gets_nothing(
    server: str, worker: ThreadPoolExecutor, tmp_path: Path
) -> None:
    for url, ours, theirs in (
        (server, OURS, STRANGER),
        (server, STRANGER, THEIRS),
        (server.removesuffix("in") + "elsewhere", OURS, THEIRS),
        ("sftp://balie@127.0.0.1:9/in", OURS, THEIRS),
    ):
        room = print_room_at(url, key=text_of(ours), host_key=known_as(theirs))
        with pytest.raises(UnreachableError):
            worker.submit(room.put, LETTER).result()
    assert list((tmp_path / "in").iterdir()) == []


def test_without_proper_keys_no_letters_go_to_a_server() -> None:
    for key, host_key in ((None, None), (text_of(OURS), None), ("no key", "no key")):
        with pytest.raises(BadSettingError):
            print_room_at("sftp://balie@print.example/in", key=key, host_key=host_key)
