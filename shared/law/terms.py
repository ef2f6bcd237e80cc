"""The terms that every service uses, on one page; each subject of the law has its own file beside this one."""

from shared.law.decision import decision_term, service_norm_term
from shared.law.extended import EXTENSION_NOTICE
from shared.law.model import Amount, Policy, SetBy, Step, Term, TermRule, Unit
from shared.law.objection import objection_term
from shared.law.suspension import Ground, Suspension, repair_end_ok, suspended, suspended_for_supplement

__all__ = [
    "EXTENSION_NOTICE",
    "Amount",
    "Ground",
    "Policy",
    "SetBy",
    "Step",
    "Suspension",
    "Term",
    "TermRule",
    "Unit",
    "decision_term",
    "objection_term",
    "repair_end_ok",
    "service_norm_term",
    "suspended",
    "suspended_for_supplement",
]
