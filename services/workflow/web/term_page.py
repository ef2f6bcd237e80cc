"""The tab of the term as it is shown: the clocks, what can be done to them and why not, and the ledger."""

from __future__ import annotations

from datetime import datetime

from flask import render_template

from services.workflow import queries
from services.workflow.domain.clock_cards import cards_of
from services.workflow.domain.probing import possible_acts
from services.workflow.law_choices import terms_for
from services.workflow.web.act_form import ACTS
from services.workflow.web.casefile import CaseFile
from services.workflow.web.keeping import keeping_for
from services.workflow.web.ledger_lines import lines_of
from services.workflow.web.refusals import words_for
from shared.database import Connection


def term_page(connection: Connection, *, file: CaseFile, by: str, at: datetime) -> str:
    """Give the clocks, the acts that are possible with the reason why others are not, and the ledger."""
    words = {kind: (word, wording) for word, (kind, wording) in ACTS.items()}
    terms = terms_for(file.product.process)
    possible = possible_acts(file.case, by=by, at=at, terms=terms) if file.works else ()
    names = queries.names_of(connection, subjects=[entry.who for entry in file.case.ledger if entry.who])
    return render_template(
        "case-clock.html",
        file=file,
        cards=cards_of(file.clock, at=at),
        acts=[(*words[each.kind], words_for(each.refusal) if each.refusal else None) for each in possible],
        lines=lines_of(file, names=names),
        keeping=keeping_for(connection, file=file),
    )
