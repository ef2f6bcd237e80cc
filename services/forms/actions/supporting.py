"""Takes in who signs along with an initiative, and hands that over with the form."""

from __future__ import annotations

from datetime import datetime

from services.forms.domain.supporting import MOST_MAILS, NothingToSignError, Signature, confirm_by, fingerprint
from services.forms.ports import AddressBook, AddressBookAwayError, Means, SignedMeanwhileError, Work
from services.forms.ports.cosigns import Signed
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.draft_events import SupportTyped
from shared.events import Address, Language, SubmissionReceived
from shared.law.calendar import local_date
from shared.participation import Supporter, SupportGathered
from shared.sealed import ROOM
from shared.wire import read_value, to_wire


def sign_along(token: str, *, signature: Signature, language: Language, means: Means, now: datetime) -> None:
    """Keep who signs and mail the link by which it counts; whoever signed before gets the same link again.

    Raises:
        NothingToSignError: nobody can sign here, or not any more, or the text is another one meanwhile.
    """
    today = local_date(now)
    with means.open_work(now) as work:
        put = work.supports.find(token_hash(token))
        if put is None or today > put.gathering.last_day or fingerprint(put.gathering.text) != signature.fingerprint:
            raise NothingToSignError
        own = means.links.supporter_token(put.draft_id, email=signature.email)
        known = _is_known(signature.address, book=means.addresses)
        supporter = Supporter(name=signature.name, address=signature.address, known=known, on=today)
        signed = Signed(
            token_hash=token_hash(own),
            draft_id=put.draft_id,
            sealed=means.keyring.seal(to_wire(supporter), about=_about(token_hash(own)), room=ROOM),
            keep_until=confirm_by(today, last_day=put.gathering.last_day),
        )
        person = means.links.address_seal(f"{put.draft_id} {signature.person}")
        if not work.supports.sign(signed, person=person, most=MOST_MAILS):
            return
        title = means.products.version(put.product, version=put.version).title
        link, until = means.links.supporter(own), signed.keep_until
        work.tell(SupportTyped(title=title, email=signature.email, language=language, link=link, keep_until=until))


def confirm_signature(token: str, *, means: Means, now: datetime) -> None:
    """Let a signature count; a second click changes nothing."""
    with means.open_work(now) as work:
        work.supports.confirm(token_hash(token), today=local_date(now), at=now)


def withdraw_signature(token: str, *, means: Means, now: datetime) -> None:
    """Forget who signed."""
    with means.open_work(now) as work:
        work.supports.withdraw(token_hash(token))


def hand_over_support(submission: SubmissionReceived, *, product: Product, work: Work, means: Means) -> None:
    """Tell who signed along with what was handed in, as far as they count; nothing of it is kept here any longer.

    Raises:
        SignedMeanwhileError: their number is another one meanwhile.
    """
    role = product.roles.supporters
    if role is None:
        return
    signed, counted = work.supports.take(submission.reference), submission.answers.get(role)
    if not counted:
        return
    if len(signed) != counted:
        raise SignedMeanwhileError
    supporters = [to_wire(open_supporter(one, means=means)) for one in signed]
    sealed = means.keyring.seal(supporters, about=submission.reference, room=ROOM)
    told = SupportGathered(reference=submission.reference, at=submission.received_at, signed=counted, sealed=sealed)
    work.tell(told)


def open_supporter(signed: Signed, *, means: Means) -> Supporter:
    """Who this is."""
    supporter: Supporter = read_value(Supporter, means.keyring.open(signed.sealed, about=_about(signed.token_hash)))
    return supporter


def _is_known(address: Address, *, book: AddressBook) -> bool:
    """Whether the address book has it, in this municipality; while that is away, nobody can tell."""
    try:
        found = book.find(address.postcode, number=address.number)
    except AddressBookAwayError:
        return False
    return found is not None and found.street.casefold() == address.street.casefold() and book.is_here(found)


def _about(token_hash: bytes) -> str:
    return f"supporter {token_hash.hex()}"
