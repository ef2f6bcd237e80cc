"""A letter is kept once, under the hash of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from services.notify.vault import LetterVault
from shared.shelves import Folder
from shared.vault import Vault


def test_a_letter_is_kept_once_and_found_by_its_hash(tmp_path: Path) -> None:
    vault = LetterVault(Vault(Folder(tmp_path), key="a key for tests only"))
    sha256 = vault.put(b"a letter")
    assert vault.put(b"a letter") == sha256 == hashlib.sha256(b"a letter").hexdigest()
    assert vault.get(sha256) == b"a letter"
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1
