"""Makes the addresses that go out of the house."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.crypto import sign

_TOKEN_SIGNS = 32


@dataclass(frozen=True, kw_only=True)
class SiteLinks:
    """Addresses under `site`. A status address follows from its reference under `key`, that of
    a draft from its id, so they never need to be kept."""

    site: str
    key: str

    def draft(self, token: str) -> str:
        """Where a draft goes on."""
        return f"{self.site}/verder/{token}"

    def draft_token(self, draft_id: UUID) -> str:
        """128 bits that nobody can make without the key; its owner finds the draft back by them."""
        return sign(f"draft:{draft_id}", key=self.key)[:_TOKEN_SIGNS]

    def invite(self, token: str) -> str:
        """Where the form begins that lies ready after a talk."""
        return f"{self.site}/beginnen/{token}"

    def invite_token(self, invite_id: UUID) -> str:
        """128 bits that nobody can make without the key."""
        return sign(f"invite:{invite_id}", key=self.key)[:_TOKEN_SIGNS]

    def panel(self, token: str) -> str:
        """Where a questionnaire of the residents' panel is answered."""
        return f"{self.site}/panel/{token}"

    def panel_token(self, panel_id: str, *, address: str) -> str:
        """128 bits that nobody can make without the key."""
        return sign(f"panel:{panel_id}:{address}", key=self.key)[:_TOKEN_SIGNS]

    def address_seal(self, address: str) -> str:
        """What says that an address is the same, and not which."""
        return sign(f"address:{address}", key=self.key)

    def status(self, reference: str) -> str:
        """Where the applicant follows the case."""
        return f"{self.site}/status/{self.status_token(reference)}"

    def status_token(self, reference: str) -> str:
        """128 bits that nobody can make without the key."""
        return sign(f"status:{reference}", key=self.key)[:_TOKEN_SIGNS]

    def confirm(self, token: str) -> str:
        """Where an e-mail address is confirmed."""
        return f"{self.site}/bevestigen/{token}"

    def confirm_token(self, draft_id: UUID, *, email: str) -> str:
        """128 bits that nobody can make without the key; each address has its own."""
        return sign(f"confirm:{draft_id}:{email}", key=self.key)[:_TOKEN_SIGNS]

    def support(self, token: str) -> str:
        """Where anyone can sign along with an initiative."""
        return f"{self.site}/steunen/{token}"

    def support_token(self, draft_id: UUID) -> str:
        """128 bits that nobody can make without the key; whoever is given them can sign along."""
        return sign(f"support:{draft_id}", key=self.key)[:_TOKEN_SIGNS]

    def supporter(self, token: str) -> str:
        """Where who signs along confirms that, or takes it back."""
        return f"{self.site}/handtekening/{token}"

    def supporter_token(self, draft_id: UUID, *, email: str) -> str:
        """128 bits that nobody can make without the key; each address has its own."""
        return sign(f"supporter:{draft_id}:{email.casefold()}", key=self.key)[:_TOKEN_SIGNS]

    def cosign(self, token: str) -> str:
        """Where the second signatory answers."""
        return f"{self.site}/akkoord/{token}"

    def cosign_token(self, request_id: UUID, *, turn: int) -> str:
        """128 bits that nobody can make without the key; each turn has its own."""
        return sign(f"cosign:{request_id}:{turn}", key=self.key)[:_TOKEN_SIGNS]
