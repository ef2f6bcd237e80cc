"""The keys under which tests seal."""

from __future__ import annotations

from typing import Final

from shared.keyring import Keyring

SEALING_KEYS: Final = "a-key-for-tests-only-that-is-long-enough"
KEYRING: Final = Keyring(SEALING_KEYS)
