"""What a form is besides its questions and rules: what it is about, who signs in, who pays when, who agrees too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared.events import Words


class PersonLevel(StrEnum):
    """How sure a person's identity must be: DigiD Midden or Substantieel; none is a confirmed e-mail address."""

    NONE = "none"
    MIDDEN = "midden"
    SUBSTANTIEEL = "substantieel"


class CompanyLevel(StrEnum):
    """How sure a company's identity must be: eHerkenning EH2+ or EH3; none is a confirmed e-mail address."""

    NONE = "none"
    EH2PLUS = "eh2plus"
    EH3 = "eh3"


class PaymentMoment(StrEnum):
    """When the fee is paid."""

    INVOICE = "invoice"
    AFTER_SENDING = "after_sending"
    BEFORE_SENDING = "before_sending"


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """How a person and a company sign in; `confirm_email` says why who need not confirms an address first."""

    person: PersonLevel = PersonLevel.NONE
    company: CompanyLevel = CompanyLevel.NONE
    confirm_email: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """When the fee is paid; `because` says why paying must come before sending."""

    moment: PaymentMoment = PaymentMoment.INVOICE
    because: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Cosign:
    """The second signatory, who agrees by mailed link before the application counts, signed in where `sign_in` asks it.

    `name` and `email` are question ids; `when` is a CEL condition, None is always.
    """

    name: str
    email: str
    who: Words
    because: Words
    when: str | None = None
    sign_in: SignIn = SignIn()


@dataclass(frozen=True, kw_only=True)
class About:
    """What a resident reads before starting: what it is, whether it is needed, what to have at hand, how long.

    `costs` says about paying what is special here, where the usual sentence would not be true. Of what is `open`
    everybody may read how it goes.
    """

    summary: Words
    needed_when: tuple[Words, ...]
    not_needed_when: tuple[Words, ...]
    at_hand: tuple[Words, ...]
    minutes: int
    apply_before: Words | None
    costs: Words | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Which answer is which: question ids of the applicant, the place and the period, with the facts for the letter.

    A period answers both `starts` and `ends`. `represented` is the name of who somebody else applies for (Awb 2:1).
    `objects_to` is the number of the case with the decision that an objection is about (Awb 6:5). `supporters` is how
    many signed online for the `facts` in words: counted, never typed, and its `minimum` is how many it takes.
    """

    applicant_kind: str | None
    name: str
    organisation: str | None
    kvk: str | None
    email: str
    phone: str | None
    address: str | None
    place: str | None
    starts: str | None
    ends: str | None
    facts: tuple[str, ...]
    bsn: str | None = None
    branch: str | None = None
    represented: str | None = None
    objects_to: str | None = None
    supporters: str | None = None
