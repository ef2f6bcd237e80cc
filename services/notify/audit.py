"""The audit log of messages: who read one, looked for an address, or had one sent again."""

from __future__ import annotations

from typing import Final

from shared.audit import AuditLog

LOG: Final = AuditLog(schema="notify", lock=4_114_002)
