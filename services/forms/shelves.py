"""What a transaction finds beside drafts and submissions: files, bills, signatories, views, permits and more."""

from __future__ import annotations

from services.forms.bill_store import BillShelf
from services.forms.confirm_store import ConfirmationShelf
from services.forms.cosign_store import CosignShelf
from services.forms.file_store import FileShelf
from services.forms.invite_store import InviteShelf
from services.forms.mark_store import MarkShelf
from services.forms.notice_store import ViewShelf
from services.forms.permit_store import PermitShelf
from services.forms.support_store import SupportShelf
from shared.database import Connection


class Shelves:
    """The shelves over one connection."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection
        self.files = FileShelf(connection)
        self.bills = BillShelf(connection)
        self.cosigns = CosignShelf(connection)
        self.confirmations = ConfirmationShelf(connection)
        self.views = ViewShelf(connection)
        self.invites = InviteShelf(connection)
        self.permits = PermitShelf(connection)
        self.marks = MarkShelf(connection)
        self.supports = SupportShelf(connection)
        self.find_files = self.files.of_draft
