"""What people and systems read when an action cannot be done: one table from error to status and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from services.workflow.actions.deciding import DraftChangedError, NoDraftError, NoRemediesError
from services.workflow.actions.handling import MayNotHandleError
from services.workflow.domain.case import (
    AlreadyDecidedError,
    AwayError,
    BarredError,
    CaseTakenError,
    FourEyesError,
    NotYourCaseError,
    TakenBackError,
    WaitingForApplicantError,
)
from services.workflow.domain.outcomes import GivenByLawError, NotByLawError, NotProcessableError
from services.workflow.domain.weighing import DeviationUnexplainedError, ViewsAwaitedError, ViewsUnweighedError
from services.workflow.ports import UnknownCaseError
from services.workflow.web.archive_refusals import ARCHIVE_REFUSALS
from services.workflow.web.term_refusals import TERM_REFUSALS
from services.workflow.web.weighing_refusals import WEIGHING_REFUSALS
from shared.events import Words
from shared.problems import TITLES, ProblemError, problem_response

REFUSALS: Final[Mapping[type[Exception], tuple[int, Words]]] = {
    AlreadyDecidedError: (
        409,
        Words(nl="Over deze zaak is al besloten.", en="A decision was taken on this case already."),
    ),
    AwayError: (
        409,
        Words(nl="Wie afwezig is, krijgt geen nieuwe zaken.", en="Who is away gets no new cases."),
    ),
    BarredError: (
        409,
        Words(
            nl="Deze persoon werkte mee aan het eerste besluit. Een collega behandelt het bezwaar (Awb 7:5 en 10:3).",
            en="This person worked on the first decision. A colleague handles the objection (Awb 7:5 and 10:3).",
        ),
    ),
    CaseTakenError: (409, Words(nl="Een collega behandelt deze zaak.", en="A colleague handles this case.")),
    DraftChangedError: (
        409,
        Words(
            nl="Het besluit is intussen veranderd. Bekijk het opnieuw.",
            en="The decision was changed meanwhile. Look at it again.",
        ),
    ),
    FourEyesError: (
        409,
        Words(
            nl="U bereidde dit besluit voor. Een collega tekent het.",
            en="You prepared this decision. A colleague signs it.",
        ),
    ),
    GivenByLawError: (
        409,
        Words(
            nl="De wet gaf dit al, want de termijn is voorbij. Maak dat bekend (Awb 4:20c).",
            en="The law gave this already, since the term is over. Announce that (Awb 4:20c).",
        ),
    ),
    MayNotHandleError: (
        422,
        Words(nl="Deze persoon mag deze zaak niet behandelen.", en="This person may not handle this case."),
    ),
    NoDraftError: (409, Words(nl="Er is nog geen besluit voorbereid.", en="No decision was prepared yet.")),
    NoRemediesError: (
        500,
        Words(
            nl="In de brief ontbreekt hoe iemand bezwaar maakt. De brief gaat niet weg.",
            en="The letter does not say how to object. It does not go.",
        ),
    ),
    NotByLawError: (
        409,
        Words(
            nl="Van rechtswege kan hier niet. De regels zeggen dat niet, of de termijn loopt nog (Awb 4:20b).",
            en="Not by operation of law: the rules do not say so, or the term still runs (Awb 4:20b).",
        ),
    ),
    NotProcessableError: (
        409,
        Words(
            nl="Buiten behandeling laten kan nu niet. Vraag eerst wat ontbreekt, en beslis binnen 4 weken (Awb 4:5).",
            en="Refusing to process is not possible now. First ask for what is missing; decide in 4 weeks (Awb 4:5).",
        ),
    ),
    NotYourCaseError: (
        409,
        Words(
            nl="U behandelt deze zaak niet (meer). Neem de zaak eerst in behandeling.",
            en="You do not handle this case (any more). Claim it first.",
        ),
    ),
    TakenBackError: (
        409,
        Words(nl="De aanvrager trok deze zaak in.", en="The applicant took this case back."),
    ),
    UnknownCaseError: (404, TITLES[404]),
    WaitingForApplicantError: (
        409,
        Words(
            nl="Deze zaak wacht op de aanvrager. Daarna kunt u verder.",
            en="This case waits for the applicant. After that you can go on.",
        ),
    ),
    **WEIGHING_REFUSALS,
    **TERM_REFUSALS,
    **ARCHIVE_REFUSALS,
}


CANNOT_DECIDE: Final = (
    BarredError,
    DraftChangedError,
    FourEyesError,
    GivenByLawError,
    NotByLawError,
    NotProcessableError,
    NotYourCaseError,
    WaitingForApplicantError,
    DeviationUnexplainedError,
    ViewsAwaitedError,
    ViewsUnweighedError,
)
"""Why a decision does not go now, told beside it on its page."""


def problem_for(error: Exception) -> ProblemError:
    """Give the problem that stands for an action's error."""
    status, words = REFUSALS[type(error)]
    return ProblemError(status, title=words)


def words_for(error: Exception) -> Words:
    """Give what a person reads about an action's error."""
    return REFUSALS[type(error)][1]


def refuse(error: Exception) -> ResponseReturnValue:
    """Answer an action's error that the page itself did not take up."""
    problem = problem_for(error)
    if request.path.startswith("/api/"):
        return problem_response(problem)
    return render_template("look/error.html", problem=problem, trace_id=g.get("trace_id", "")), problem.status
