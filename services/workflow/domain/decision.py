"""The decision: what is chosen and written, what the law wants in it, and what the letter then says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.workflow.domain.clock import Clock
from services.workflow.domain.fault import Fault
from services.workflow.domain.given import facts_of, faults_in_life, last_day_in, number_fact
from services.workflow.domain.hearing import (
    PARTY_HEARD,
    Hearing,
    faults_in_hearing,
    faults_in_objection_hearing,
    heard_reason,
    objection_hearing_reason,
)
from services.workflow.domain.outcomes import (
    GIVES_ANEW,
    REFUSES,
    WITHOUT_CONDITIONS,
    Renewal,
    by_law_reason,
    faults_in_renewal,
    partly_reason,
    renewal_reason,
    unmended_reason,
)
from services.workflow.domain.subject import subject_of
from shared.catalogue.definitions import Block, Product
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.events import Condition, Decision, Nature, Reason, Result, SubmissionReceived, Words
from shared.law.calendar import local_date
from shared.natures import GIVES, ON_OBJECTION

LONGEST_TEXT = 5000
MOST_OWN_CONDITIONS = 10
_GIVE_REASONS = frozenset[Result]({"granted", "granted_partly", "founded"})


@dataclass(frozen=True, kw_only=True)
class OwnCondition:
    """A condition in the handler's own words, why it is set and, if it has one, its article."""

    text: str = ""
    because: str = ""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in."""
        return not (self.text.strip() or self.because.strip() or self.source.strip())


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was chosen and written so far; `blocks` are ids of the product's building blocks.

    `given` and `withheld` say what a partial grant gives and what it does not. `hearing` is how the applicant was heard
    before a refusal, or why that was not needed; `hearing_note` tells when and what was said, or why not. `renewal` is
    what comes in the place of the first decision after a founded objection, `renewal_text` what it says. `until` and
    `number` are of a thing that the decision itself gives an end and a number.
    """

    result: Result | None = None
    blocks: tuple[str, ...] = ()
    own_reason: str = ""
    own_source: str = ""
    own_conditions: tuple[OwnCondition, ...] = ()
    given: str = ""
    withheld: str = ""
    hearing: Hearing | None = None
    hearing_note: str = ""
    renewal: Renewal | None = None
    renewal_text: str = ""
    until: str = ""
    number: str = ""

    @property
    def gives(self) -> bool:
        """It gives what was asked, wholly or in part; on an objection in the place of the first decision."""
        return self.result in GIVES or (self.result == "founded" and self.renewal in GIVES_ANEW)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The building blocks of a product for the answers at hand; `suggested` by their own condition."""

    grant_reasons: tuple[Block, ...]
    refusal_grounds: tuple[Block, ...]
    conditions: tuple[Block, ...]
    suggested: frozenset[str]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of them."""
        return (*self.grant_reasons, *self.refusal_grounds, *self.conditions)


def offer_blocks(submission: SubmissionReceived, *, product: Product) -> Offer:
    """Give what can be chosen; what the answers suggest stands first."""
    suggested = _evaluate(submission, product=product).suggested
    process = product.process

    def ordered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(sorted(blocks, key=lambda block: block.id not in suggested))

    return Offer(
        grant_reasons=ordered(process.grant_reasons),
        refusal_grounds=ordered(process.refusal_grounds),
        conditions=process.conditions,
        suggested=suggested,
    )


def first_draft(offer: Offer) -> Draft:
    """Start with the conditions that the answers suggest; the reasons are for a person to choose (Awb 3:46)."""
    return Draft(blocks=tuple(block.id for block in offer.conditions if block.id in offer.suggested))


def unmended_draft(draft: Draft, *, flaws: Iterable[str], asked_on: date, answer_by: date) -> Draft:
    """Begin a decision on an objection that nobody completed; what somebody wrote already stays."""
    if draft.own_reason.strip():
        return draft
    return replace(
        draft,
        own_reason=unmended_reason(flaws, asked_on=asked_on, answer_by=answer_by),
        own_source=draft.own_source or "Awb 6:5 en 6:6",
        hearing=draft.hearing or "plainly_inadmissible",
        hearing_note=draft.hearing_note or "Uw bezwaar is niet compleet. Daar is geen twijfel over.",
    )


def keep_other_side(draft: Draft, *, before: Draft, product: Product) -> Draft:
    """Keep what was chosen for the result that is not chosen now: a page hides it and does not send it."""
    process = product.process
    grants = {block.id for block in (*process.grant_reasons, *process.conditions)}
    refusals = {block.id for block in process.refusal_grounds}
    blocks = draft.blocks
    gives, refuses = draft.result in (*GIVES, "founded"), draft.result in (*REFUSES, "unfounded")
    if not gives and not grants & set(blocks):
        blocks += tuple(block for block in before.blocks if block in grants)
    if not refuses and not refusals & set(blocks):
        blocks += tuple(block for block in before.blocks if block in refusals)
    hidden = not gives and not draft.own_conditions
    own_conditions = before.own_conditions if hidden else draft.own_conditions
    draft = replace(draft, blocks=blocks, own_conditions=own_conditions)
    if not draft.gives:
        draft = replace(draft, until=draft.until or before.until, number=draft.number or before.number)
    if draft.result != "granted_partly":
        draft = replace(draft, given=draft.given or before.given, withheld=draft.withheld or before.withheld)
    if not refuses and draft.result not in ON_OBJECTION:
        note = draft.hearing_note or before.hearing_note
        draft = replace(draft, hearing=draft.hearing or before.hearing, hearing_note=note)
    if draft.result != "founded":
        said = draft.renewal_text or before.renewal_text
        draft = replace(draft, renewal=draft.renewal or before.renewal, renewal_text=said)
    return draft


def faults_of(draft: Draft, *, product: Product, on: date) -> tuple[Fault, ...]:
    """Say what the law still wants before this can be decided on this day (Awb 3:46, 3:47)."""
    given = faults_in_life(draft, life=product.process.permit, on=on) if draft.gives else ()
    return (*_faults(draft, product=product), *given)


def compose(
    draft: Draft,
    *,
    submission: SubmissionReceived,
    product: Product,
    on: date,
    handler: str,
    clock: Clock | None = None,
) -> Decision:
    """Write the decision as the letter will say it; an unfinished draft gives an unfinished decision.

    A refusal has no conditions. Without a result it reads as a grant, and no page shows it so. No fact in it is
    sensitive. The `clock` tells since when something is given by operation of law.
    """
    result = draft.result or ("founded" if product.nature is Nature.OBJECTION else "granted")
    evaluation, life = _evaluate(submission, product=product), product.process.permit
    gives = draft.gives or result in GIVES
    until = last_day_in(draft, life=life) if gives else None
    number = number_fact(draft, life=life) if gives else ()
    return Decision(
        nature=product.nature,
        result=result,
        product=product.id,
        title=submission.title,
        applicant=submission.applicant,
        received_on=local_date(submission.received_at),
        decided_on=on,
        subject=subject_of(submission, product=product, computed=evaluation.computed),
        place=submission.place,
        starts=on if until and result in GIVES else submission.starts,
        ends=until or submission.ends,
        facts=(*facts_of(submission, product=product, evaluation=evaluation), *number),
        reasons=(
            *_reasons(draft, product=product, result=result, clock=clock),
            *_renewal(draft, submission=submission, until=until),
        ),
        conditions=_conditions(draft, product=product) if result in GIVES else (),
        views=(),
        legal_basis=product.process.legal_basis,
        fee_cents=submission.fee_cents,
        fee_source=evaluation.fee.source if evaluation.fee else None,
        handler=handler,
        signatory=product.process.signatory,
        authority=product.process.authority,
    )


def _evaluate(submission: SubmissionReceived, *, product: Product) -> Evaluation:
    return evaluate(product, submission.answers, on=local_date(submission.received_at))


def _faults(draft: Draft, *, product: Product) -> Iterator[Fault]:
    known = {block.id for block in _all_blocks(product)}
    if set(draft.blocks) - known:
        yield Fault("blocks", Words(nl="Deze tekst bestaat niet.", en="This text does not exist."))
    if draft.result is None or (draft.result in ON_OBJECTION) != (product.nature is Nature.OBJECTION):
        yield Fault("result", Words(nl="Kies wat u besluit.", en="Choose what you decide."))
    else:
        yield from _faults_in_reasons(draft, product=product)
    if draft.result in REFUSES:
        yield from faults_in_hearing(draft.hearing, note=draft.hearing_note)
    if draft.result in ON_OBJECTION:
        yield from faults_in_objection_hearing(draft.hearing, note=draft.hearing_note)
    if draft.result == "founded":
        yield from faults_in_renewal(draft.renewal, text=draft.renewal_text)
    yield from _faults_in_texts(draft)
    if draft.result not in WITHOUT_CONDITIONS:
        yield from _faults_in_conditions(draft)


def _faults_in_reasons(draft: Draft, *, product: Product) -> Iterator[Fault]:
    if draft.result == "not_processed" and not draft.own_reason.strip():
        yield Fault("own_reason", Words(nl="Schrijf op wat er nog ontbreekt.", en="Write what is still missing."))
    if draft.result == "not_needed" and not draft.own_reason.strip():
        yield Fault("own_reason", Words(nl="Schrijf op waarom het niet nodig is.", en="Write why it is not needed."))
    if draft.result == "inadmissible" and not draft.own_reason.strip():
        yield Fault("own_reason", Words(nl="Schrijf op waarom dit niet kan.", en="Write why it is inadmissible."))
    if draft.result == "granted_partly":
        yield from _faults_in_parts(draft)
    if draft.result in (*REFUSES, "unfounded") and not _has_ground(draft, product=product):
        yield Fault(
            "refusal_grounds",
            Words(
                nl="Kies minstens 1 grond, of schrijf een eigen grond met het artikel.",
                en="Choose at least 1 ground, or write your own with its article.",
            ),
        )
    has_reason = _chosen(draft, blocks=product.process.grant_reasons) or draft.own_reason.strip()
    if draft.result in _GIVE_REASONS and not has_reason:
        yield Fault(
            "grant_reasons",
            Words(nl="Kies minstens 1 reden, of schrijf een eigen reden.", en="Choose or write at least 1 reason."),
        )


def _faults_in_parts(draft: Draft) -> Iterator[Fault]:
    if not draft.given.strip():
        yield Fault("given", Words(nl="Schrijf op wat de aanvrager wel krijgt.", en="Write what is granted."))
    if not draft.withheld.strip():
        yield Fault("withheld", Words(nl="Schrijf op wat de aanvrager niet krijgt.", en="Write what is not granted."))


def _has_ground(draft: Draft, *, product: Product) -> bool:
    own = draft.own_reason.strip() and draft.own_source.strip()
    return bool(own or _chosen(draft, blocks=product.process.refusal_grounds))


def _faults_in_texts(draft: Draft) -> Iterator[Fault]:
    names = ("own_reason", "own_source", "given", "withheld", "hearing_note", "renewal_text")
    texts = [(name, getattr(draft, name)) for name in names]
    for number, own in enumerate(draft.own_conditions):
        texts += [(f"own_conditions.{number}.{part}", getattr(own, part)) for part in ("text", "because", "source")]
    for name, text in texts:
        if len(text) > LONGEST_TEXT:
            reason = f"Gebruik hooguit {LONGEST_TEXT} tekens.", f"Use at most {LONGEST_TEXT} characters."
            yield Fault(name, Words(nl=reason[0], en=reason[1]))


def _faults_in_conditions(draft: Draft) -> Iterator[Fault]:
    for number, own in enumerate(draft.own_conditions):
        if own.is_empty:
            continue
        if not own.text.strip():
            words = Words(nl="Schrijf de voorwaarde op.", en="Write the condition.")
            yield Fault(f"own_conditions.{number}.text", words)
        if not own.because.strip():
            words = Words(nl="Schrijf op waarom u deze voorwaarde stelt.", en="Write why you set this condition.")
            yield Fault(f"own_conditions.{number}.because", words)


def _reasons(draft: Draft, *, product: Product, result: Result, clock: Clock | None) -> Iterator[Reason]:
    """In the order of the letter: what is given, why, why not, own words, and how the applicant was heard."""
    process, own = product.process, draft.own_reason.strip()
    if result == "by_law" and clock and clock.silent and process.silence:
        yield by_law_reason(clock.silent, last_day=clock.term.rolled, article=process.silence.article)
    if result == "granted_partly":
        yield partly_reason(draft.given, withheld=draft.withheld, source=process.legal_basis[0])
    offered = process.grant_reasons if result in _GIVE_REASONS else ()
    offered += process.refusal_grounds if result in (*REFUSES, "unfounded") else ()
    for block in _chosen(draft, blocks=offered):
        yield Reason(text=f"{block.text} {block.because}".strip(), source=block.source)
    if own or result == "not_processed":
        basis = "Awb 4:5 lid 1" if result == "not_processed" else process.legal_basis[0]
        yield Reason(text=own, source=draft.own_source.strip() or basis)
    if result in REFUSES and draft.hearing == PARTY_HEARD:
        yield heard_reason(draft.hearing_note)
    if result in ON_OBJECTION:
        yield objection_hearing_reason(draft.hearing, note=draft.hearing_note)


def _renewal(draft: Draft, *, submission: SubmissionReceived, until: date | None) -> Iterator[Reason]:
    if draft.result == "founded" and draft.renewal:
        first = submission.link.reference if submission.link else None
        yield renewal_reason(draft.renewal, text=draft.renewal_text, first=first, until=until)


def _conditions(draft: Draft, *, product: Product) -> tuple[Condition, ...]:
    chosen = _chosen(draft, blocks=product.process.conditions)
    own = (each for each in draft.own_conditions if not each.is_empty)
    basis = product.process.legal_basis[0]
    return (
        *(Condition(text=block.text, because=block.because, source=block.source) for block in chosen),
        *(
            Condition(text=each.text.strip(), because=each.because.strip(), source=each.source.strip() or basis)
            for each in own
        ),
    )


def _chosen(draft: Draft, *, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.id in draft.blocks)


def _all_blocks(product: Product) -> tuple[Block, ...]:
    return (*product.process.grant_reasons, *product.process.refusal_grounds, *product.process.conditions)
