"""Runs a file of worked deadlines through the product: `python -m tests.deadline_cases FILE.csv`."""

import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from services.workflow.domain import announcement, woo
from shared.law import decision, extended, filing, objection, penalty, retention, silence
from shared.law.calendar import AMSTERDAM, local_date
from shared.law.counting import term_after
from shared.law.model import SetBy, Term, TermRule, Unit
from tests.deadline_rows import (
    FOR_EVER,
    LENGTH_KEYS,
    Case,
    OddRowError,
    amount_of,
    extension_of,
    length_of,
    plain_amount,
    policy_of,
    read_cases,
    read_day,
    rule_of,
    suspensions_of,
)

VALID_NOTICE = re.compile(r"(rechts)?geldig|tijdig|valid|op tijd|niet[ _-](prematuur|te vroeg)|not[ _-]premature")
PREMATURE = re.compile(r"prematuur|premature|te vroeg")

Answer = Term | date | datetime | str


def difference(case: Case) -> str | None:
    """What differs between the row and the product, None when they agree."""
    try:
        if case.odd:
            raise OddRowError(case.odd)  # noqa: TRY301
        if not case.expected:
            raise OddRowError("no expected_date")  # noqa: TRY301 - a row without an answer is odd like any other
        if case.rule not in RULES:
            raise OddRowError(f"unknown rule {case.rule!r}")  # noqa: TRY301
        answer = _answer(case, RULES[case.rule](case))
        agree = _comparable(answer) == _comparable(case.expected)
    except Exception as error:  # a row of any shape is reported; it never stops the run
        return f"cannot be run: {type(error).__name__}: {error}"
    return None if agree else f"expected {case.expected}, got {answer}"


def main(arguments: list[str]) -> int:
    """Prints each row that differs and the totals; 0 when all agree, 1 when one does not, 2 for a wrong call."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("usage: python -m tests.deadline_cases FILE.csv\n")
        return 2
    passed = failed = 0
    for case in read_cases(Path(arguments[0])):
        differs = difference(case)
        passed, failed = passed + (differs is None), failed + (differs is not None)
        if differs:
            sys.stdout.write(f"{case.id} {case.rule} {case.start}: {differs}\n")
    sys.stdout.write(f"{passed} passed, {failed} failed\n")
    return 1 if failed else 0


def _decision(base: TermRule) -> Callable[[Case], Term]:
    def run(case: Case) -> Term:
        if not length_of(case):
            raise OddRowError("no length of the term")
        rule, extension = rule_of(case, base), extension_of(case, base)
        return decision.decision_term(case.day(), rule=rule, suspensions=suspensions_of(case), extension=extension)

    return run


def _simple(base: TermRule, ask: Callable[..., Term]) -> Callable[[Case], Term]:
    return lambda case: ask(case.day(), rule=rule_of(case, base))


def _termijn(case: Case) -> Term | datetime:
    length = length_of(case)
    if length and length[1] is Unit.hours:
        return announcement.notify_by(case.instant(), hours=length[0])
    return _decision(decision.GENERAL_DECISION)(case)


def _received(case: Case) -> date:
    if case.get("tz") not in ("", AMSTERDAM.key):
        raise OddRowError(f"tz={case.get('tz')}: dates are those of {AMSTERDAM.key}")
    return local_date(case.instant())


def _notify(case: Case) -> datetime:
    return announcement.notify_by(case.instant(), hours=int(case.get("hours") or announcement.NOTIFICATION_HOURS))


def _extension_due(case: Case) -> Term:
    rule = rule_of(case, decision.ENVIRONMENT_PERMIT)
    return decision.decision_term(case.day(), rule=rule, suspensions=suspensions_of(case))


def _views(case: Case) -> Term:
    rule = rule_of(case, extended.VIEWS)
    if case.get("first_day") in ("next_day", "day_after"):
        return term_after(case.day(), rule=rule)
    return extended.views_term(case.day(), rule=rule)


def _post_week(case: Case) -> Term:
    return objection.post_week_term(case.day(), rule=rule_of(case, objection.POST_WEEK), policy=policy_of(case))


def _decision_on_objection(case: Case) -> Term:
    return objection.decision_on_objection_term(
        case.day(),
        rule=rule_of(case, objection.DECISION_ON_OBJECTION),
        suspensions=suspensions_of(case),
        extension=extension_of(case, objection.DECISION_ON_OBJECTION),
    )


def _woo_decision(case: Case) -> Term:
    return woo.woo_decision_term(
        case.day(),
        rule=rule_of(case, woo.WOO_DECISION),
        suspensions=suspensions_of(case),
        extension=extension_of(case, woo.WOO_DECISION),
    )


def _penalty_first_day(case: Case) -> Term:
    return penalty.penalty_first_day(case.day(), rule=rule_of(case, penalty.GRACE), policy=policy_of(case))


def _penalty_last_day(case: Case) -> Term:
    return penalty.penalty_last_day(case.day(), days=int(case.get("days") or penalty.PENALTY_DAYS))


def _penalty_amount(case: Case) -> str:
    first_day = read_day(case.start) if case.start else date(2026, 1, 1)
    return f"EUR {penalty.penalty_amount(case.whole('days_in_default'), first_day=first_day)}"


def _premature(case: Case) -> str:
    return "prematuur" if penalty.notice_is_premature(case.day(), deadline=case.day("deadline")) else "geldig"


def _silent_permit_in_force(case: Case) -> Term:
    return silence.silent_permit_in_force(case.day(), after=amount_of(case, silence.IN_FORCE))


def _permit_in_force(case: Case) -> Term:
    irreversible = dict.fromkeys(("", "default", "deposit", "afd_3_4", "uov"), False)
    irreversible |= dict.fromkeys(("four_weeks", "irreversible"), True)
    if case.get("variant") not in irreversible:
        raise OddRowError(f"unknown variant {case.get('variant')}")
    return announcement.environment_permit_in_force(
        case.day(),
        irreversible=irreversible[case.get("variant")],
        after=amount_of(case, announcement.STANDSTILL),
        policy=policy_of(case),
    )


def _wrong_channel(case: Case) -> Term:
    moves = case.get("atw") == "yes" or (case.get("atw") != "no" and case.get("law") != "verordening")
    set_by = SetBy.act if moves else SetBy.ordinance
    return filing.wrong_channel_term(
        case.day(), received=case.day("received"), reacted=case.day("reaction"), set_by=set_by
    )


def _backward(case: Case) -> Term:
    for key, unit in LENGTH_KEYS.items():
        if amount := case.get(f"{key}_before"):
            return filing.latest_filing(case.day(), before=plain_amount(int(amount), unit))
    raise OddRowError("no weeks_before, days_before, months_before or workdays_before")


def _service_norm(case: Case) -> Term:
    return decision.service_norm_term(case.day(), working_days=case.whole("workdays"), suspensions=suspensions_of(case))


def _retention(case: Case) -> Term | str:
    if case.get("n").lower() in FOR_EVER:
        return "blijvend"
    length = length_of(case)
    if not length:
        raise OddRowError("no n")
    return retention.retention_end(case.day(), keep=plain_amount(*length))


RULES: dict[str, Callable[[Case], Answer]] = {
    "beslistermijn_weken": _decision(decision.GENERAL_DECISION),
    "termijn": _termijn,
    "kennisgeving_48_uur": _notify,
    "ontvangstdatum": _received,
    "opschorting": _decision(decision.GENERAL_DECISION),
    "buiten_behandeling": _simple(decision.REFUSAL_TO_PROCESS, decision.refusal_to_process_due),
    "verlenging": _decision(decision.ENVIRONMENT_PERMIT),
    "verlengingsbesluit_uiterlijk": _extension_due,
    "uov_zes_maanden": _decision(extended.EXTENDED_DECISION),
    "uov_26_weken_vergelijk": _decision(extended.EXTENDED_DECISION),
    "uov_verlengd": _decision(extended.EXTENDED_DECISION),
    "uov_verlenging_uiterlijk": _simple(extended.EXTENSION_NOTICE, extended.extension_notice_due),
    "zienswijzetermijn": _views,
    "uov_geen_zienswijzen": _simple(extended.DECISION_WITHOUT_VIEWS, extended.decision_without_views_due),
    "bezwaartermijn": _simple(objection.OBJECTION, objection.objection_term),
    "bezwaar_per_post_uiterlijk": _post_week,
    "beslissing_op_bezwaar": _decision_on_objection,
    "woo_beslistermijn": _woo_decision,
    "woo_opschorting_zienswijze": _woo_decision,
    "woo_uitgestelde_verstrekking": _simple(woo.WOO_RELEASE, woo.woo_release_day),
    "dwangsom_eerste_dag": _penalty_first_day,
    "dwangsom_laatste_dag": _penalty_last_day,
    "dwangsombeschikking_uiterlijk": _simple(penalty.DETERMINATION, penalty.penalty_determination_due),
    "dwangsom_bedrag": _penalty_amount,
    "ingebrekestelling_prematuur": _premature,
    "lsp_inwerkingtreding": _silent_permit_in_force,
    "lsp_bekendmaking_uiterlijk": _simple(silence.ANNOUNCEMENT, silence.silent_permit_announcement_due),
    "lsp_alsnog_voorschriften_uiterlijk": _simple(silence.WITHDRAWAL, silence.silent_permit_withdrawal_due),
    "ow_inwerkingtreding": _permit_in_force,
    "verlenging_verkeerd_kanaal": _wrong_channel,
    "aanvraag_uiterlijk_terugrekening": _backward,
    "melding_uiterlijk_werkdagen": _backward,
    "uitwegmelding_verbod_uiterlijk": _simple(silence.REPORT_BAN, silence.report_ban_due),
    "servicenorm_werkdagen": _service_norm,
    "bewaartermijn": _retention,
}


def _answer(case: Case, answer: Answer) -> str:
    if isinstance(answer, Term):
        answer = answer.safe if case.get("atw") == "safe" else answer.rolled
    if isinstance(answer, datetime):
        return answer.astimezone(AMSTERDAM).isoformat(timespec="minutes")
    return answer if isinstance(answer, str) else answer.isoformat()


def _comparable(answer: str) -> object:
    """The same answer written in another way is the same: an instant, a day, an amount, a valid notice."""
    text = answer.strip().lower()
    if re.match(r"\d{4}-\d{2}-\d{2}t", text):
        at = datetime.fromisoformat(text.upper())
        return at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)
    if re.match(r"eur\b|€|\d[\d.,]*$", text):
        return "EUR", int(re.sub(r"[^\d]", "", re.sub(r"[.,](00|-)$", "", text)))
    if len(days := re.findall(r"\d{4}-\d{2}-\d{2}", text)) == 1:
        return date.fromisoformat(days[0])
    if VALID_NOTICE.match(text):
        return "geldig"
    return "prematuur" if PREMATURE.match(text) else text.split(" ")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
