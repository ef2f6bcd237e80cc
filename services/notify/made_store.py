"""What the press made, kept in PostgreSQL so that anyone can ask whether a letter is ours."""

from __future__ import annotations

from services.notify.domain.codes import Made
from shared.crypto import token_hash
from shared.database import Connection


class MadeRegister:
    """What the press made, within one transaction (the port `Register`); of a code only a hash is kept."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection."""
        self._connection = connection

    def add(self, made: Made) -> None:
        """Keep that this was made here."""
        self._connection.execute(
            "insert into notify.made (sha256, code_hash, made_at, reference) values (%s, %s, %s, %s)",
            [made.sha256, token_hash(made.code), made.made_at, made.reference],
        )
