"""What the rules accept without anybody looking: which reports, in which words, and which a person sees anyhow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.workflow.domain.decision import Draft
from shared.catalogue.definitions import Effect, OutcomeNature, Procedure, Process, Product
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.crypto import sign
from shared.events import RuleOutcome, SubmissionReceived
from shared.law.calendar import local_date


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A report that may be accepted at once: the rules that fired for it, and what the decision says."""

    rules: tuple[RuleOutcome, ...]
    draft: Draft


def rules_for(said: SubmissionReceived) -> tuple[RuleOutcome, ...]:
    """Give the rules that would have this accepted at once."""
    return tuple(rule for rule in said.rules if rule.effect == Effect.AT_ONCE.value and rule.outcome == "fired")


def accepted_by_rules(said: SubmissionReceived, *, product: Product) -> Accepted | None:
    """Say whether the rules accept this report by themselves; None: a person looks.

    Only a report: accepting one is no decision on somebody's rights (Awb 1:3), so no person needs to weigh interests
    (Awb 3:4) and nobody is subject to an automated decision (AVG 22). A rule cannot read a file, nor what is sealed.
    """
    fired = rules_for(said)
    if not fired or not _goes_by_rules(product.process) or not _is_plain(said):
        return None
    evaluation = evaluate(product, said.answers, on=local_date(said.received_at))
    if not evaluation.at_once or evaluation.other_product or evaluation.not_needed:
        return None
    return Accepted(rules=fired, draft=_draft(evaluation, fired=fired, process=product.process))


def in_sample(reference: str, *, percent: int, key: str) -> bool:
    """Say whether a person sees this one all the same: always the same answer, which nobody guesses without the key."""
    return int(sign(f"sample {reference}", key=key)[:12], 16) % 10_000 < percent * 100


def _goes_by_rules(process: Process) -> bool:
    return (
        process.nature_of_outcome is OutcomeNature.ACCEPTANCE
        and process.procedure is Procedure.REGULAR
        and not process.four_eyes
        and not process.permit.at_most_years  # a person says until when
    )


def _is_plain(said: SubmissionReceived) -> bool:
    return not (said.missing or said.files or said.cosignatory or said.sealed)


def _draft(evaluation: Evaluation, *, fired: Sequence[RuleOutcome], process: Process) -> Draft:
    """The reasons and conditions that the answers suggest; without such a reason the rule itself is it (Awb 3:46)."""
    reasons = [block.id for block in process.grant_reasons if block.id in evaluation.suggested]
    conditions = [block.id for block in process.conditions if block.id in evaluation.suggested]
    rule = fired[0]
    own = ("", "") if reasons else (rule.because.nl, rule.source)
    return Draft(result="granted", blocks=(*reasons, *conditions), own_reason=own[0], own_source=own[1])
