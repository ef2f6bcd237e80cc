"""Why an act on the term cannot be done, in words with the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.workflow.actions.terming import LedgerMovedError
from services.workflow.domain.acts import IncompleteActError
from services.workflow.domain.appeal import NoAppealError
from services.workflow.domain.case import UnknownRequestError
from services.workflow.domain.deadlines import (
    DatesCrossError,
    NoCommitteeError,
    NoExtensionError,
    NoPenaltyError,
    NothingToCorrectError,
    NotSuspendedError,
    ProofNeededError,
    TermPassedError,
    TermSetByRuleError,
)
from services.workflow.domain.withdrawing import ConditionsTooLateError, NoPermitError
from shared.events import Words

TERM_REFUSALS: Final[Mapping[type[Exception], tuple[int, Words]]] = {
    DatesCrossError: (
        422,
        Words(
            nl="Deze dag kan hier niet. Kijk naar de dagen van deze zaak.",
            en="This day is not possible here. Look at the days of this case.",
        ),
    ),
    IncompleteActError: (422, Words(nl="Er ontbreekt nog een dag of een keuze.", en="A day or a choice is missing.")),
    LedgerMovedError: (
        409,
        Words(
            nl="Er kwam intussen iets bij in deze zaak. Bekijk de nieuwe datums.",
            en="Something was added to this case meanwhile. Look at the new dates.",
        ),
    ),
    NoCommitteeError: (
        409,
        Words(
            nl="Een commissie adviseert alleen over een bezwaar, en dat meldt u 1 keer (Awb 7:13).",
            en="A committee advises on an objection only, and is told once (Awb 7:13).",
        ),
    ),
    NoExtensionError: (
        409,
        Words(
            nl="Verlengen kan hier niet, of het is al gebeurd. De regels geven het hooguit 1 keer.",
            en="There is no extension here, or it was used. The rules give it once at most.",
        ),
    ),
    NoAppealError: (
        409,
        Words(
            nl="Beroep kan hier niet: de aanvraag is ingetrokken.",
            en="There can be no appeal here: the application was taken back.",
        ),
    ),
    NoPenaltyError: (
        409,
        Words(nl="Er is nu geen dwangsom vast te stellen (Awb 4:18).", en="There is no penalty to set now (Awb 4:18)."),
    ),
    ConditionsTooLateError: (
        409,
        Words(
            nl="Voorschriften toevoegen kan nu niet. Dat kan tot 6 weken na bekendmaken wat de wet gaf (Awb 4:20f).",
            en="You cannot add conditions now. You can until 6 weeks after announcing what the law gave (Awb 4:20f).",
        ),
    ),
    NoPermitError: (
        409,
        Words(
            nl="Er is niets in te trekken. Er is niets gegeven, of het is al voorbij.",
            en="There is nothing to take back. Nothing was granted, or it is over.",
        ),
    ),
    NothingToCorrectError: (
        409,
        Words(
            nl="Deze regel kunt u niet corrigeren. Misschien is hij verstuurd of al gecorrigeerd.",
            en="You cannot correct this line. Perhaps it was sent or corrected already.",
        ),
    ),
    NotSuspendedError: (
        409,
        Words(
            nl="De termijn staat niet stil om deze reden (Awb 4:15).", en="The term does not stand still (Awb 4:15)."
        ),
    ),
    ProofNeededError: (
        422,
        Words(
            nl="Noem het document. Zonder bewijs telt dit niet (Awb 2:24 en 4:15 lid 2 onder a).",
            en="Name the document. Without proof this does not count (Awb 2:24 and 4:15 lid 2 onder a).",
        ),
    ),
    TermPassedError: (
        409,
        Words(
            nl="De termijn is al voorbij. Stilzetten of verlengen kan dan niet meer (Awb 4:15).",
            en="The term is over. It cannot be stopped or extended any more (Awb 4:15).",
        ),
    ),
    TermSetByRuleError: (
        409,
        Words(
            nl="Een regeling bepaalt deze termijn. U kunt geen andere dag noemen (Awb 4:14 lid 3).",
            en="A regulation sets this term. You cannot name another day (Awb 4:14 lid 3).",
        ),
    ),
    UnknownRequestError: (
        409,
        Words(nl="Er staat geen vraag open. Stel zo nodig een nieuwe.", en="No question is open. Ask one if needed."),
    ),
}
