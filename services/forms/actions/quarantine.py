"""What an administrator does with files that the scanner refused or could not judge: judge anew, or destroy."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.forms.ports import Means
from shared.events import FileAwaitsScan


class UnknownFileError(Exception):
    """No such file is set aside (any more)."""


def judge_anew(file_id: UUID, *, means: Means, now: datetime) -> None:
    """Have the scanner judge the file again: it may have been wrong, or know better now.

    Raises:
        UnknownFileError: it is not set aside, or destroyed already.
    """
    with means.open_work(now) as work:
        if not work.files.wait_again(file_id):
            raise UnknownFileError
        work.tell(FileAwaitsScan(file_id=file_id))


def destroy(file_id: UUID, *, by: str, means: Means, now: datetime) -> None:
    """Destroy the content; who did it and when stays on the list.

    Raises:
        UnknownFileError: it is not set aside, or destroyed already.
    """
    with means.open_work(now) as work:
        place = work.files.mark_destroyed(file_id, by=by, at=now)
    if place is None:
        raise UnknownFileError
    means.vault.delete(place)
