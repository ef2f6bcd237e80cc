"""Makes the addresses that go out of the house."""

from __future__ import annotations

from dataclasses import dataclass

from shared.crypto import sign

_TOKEN_SIGNS = 32


@dataclass(frozen=True, kw_only=True)
class SiteLinks:
    """Addresses under `site`. A status address follows from its reference under `key`, so it never needs to be kept."""

    site: str
    key: str

    def draft(self, token: str) -> str:
        """Where a draft goes on."""
        return f"{self.site}/verder/{token}"

    def status(self, reference: str) -> str:
        """Where the applicant follows the case."""
        return f"{self.site}/status/{self.status_token(reference)}"

    def status_token(self, reference: str) -> str:
        """128 bits that nobody can make without the key."""
        return sign(f"status:{reference}", key=self.key)[:_TOKEN_SIGNS]
