"""Tries answers: the path, the messages, the outcome and the fee that follow, and why each rule fired or did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.domain.inspection import split_examples
from services.forms.domain.progress import Progress
from services.forms.web.admin.choosing import Chosen, choose, open_file
from services.forms.web.admin.room import administered
from services.forms.web.admin.stage import find_rehearsal
from services.forms.web.counter import means, today
from shared.catalogue.definitions import Product, Rule
from shared.catalogue.examples import Trial, outcome_of, try_answers
from shared.catalogue.plan import plan_of
from shared.events import Words
from shared.law.calendar import local_date

LONGEST = 100_000


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A rule with what came of it, and the values that its condition saw; None is a value nobody gave.

    `outcome` is fired, silent, unknown, or idle: not in force on that day.
    """

    rule: Rule
    outcome: str
    values: Sequence[tuple[str, Any]]


def open_trying(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/product/<product_id>/proberen", "admin_try", show)
    app.add_url_rule("/beheer/product/<product_id>/proberen", "admin_tried", show, methods=["POST"])


@administered
def show(product_id: str) -> ResponseReturnValue:
    """Answers to start from, and what follows from them."""
    file = open_file(product_id)
    chosen = choose(file, key=request.values.get("versie") or file.usual)
    text = _text(chosen)
    trial = try_answers(text, product=chosen.product, name="antwoorden") if text and chosen.product else None
    return render_template(
        "admin/try.html",
        file=file,
        chosen=chosen,
        examples=sorted(split_examples(chosen.files)[1]),
        example=request.args.get("voorbeeld", ""),
        text=text,
        trial=trial,
        **_told(chosen.product, trial=trial),
    )


def _text(chosen: Chosen) -> str:
    """The answers as typed; else those of a trial run, of the example that was chosen, or of the first one."""
    if request.method == "POST":
        return request.form.get("tekst", "")[:LONGEST].replace("\r\n", "\n")
    examples = split_examples(chosen.files)[1]
    if token := request.args.get("oefening"):
        return _of_rehearsal(token)
    return examples.get(request.args.get("voorbeeld") or next(iter(sorted(examples)), ""), "")


def _of_rehearsal(token: str) -> str:
    rehearsal = find_rehearsal(token)
    if rehearsal is None or rehearsal.draft is None:
        return f"on: {today()}\nanswers: {{}}\n"
    state = {"on": local_date(rehearsal.now), "answers": dict(rehearsal.draft.answers)}
    return yaml.safe_dump(state, allow_unicode=True, sort_keys=False)


def _told(product: Product | None, *, trial: Trial | None) -> Mapping[str, Any]:
    if product is None or trial is None or trial.evaluation is None or trial.on is None:
        return {"told": None}
    evaluation = trial.evaluation
    progress = Progress(product, evaluation.answers, trial.on)
    return {
        "told": evaluation,
        "steps": [(step, progress.visible(step)) for step in progress.steps],
        "outcome": outcome_of(evaluation),
        "reasons": _reasons(product, trial=trial),
        "computed": [(one, evaluation.computed.get(one.id)) for one in product.computed],
        "names": _names(product),
    }


def _names(product: Product) -> Mapping[str, Words]:
    """What the codes stand for: questions, calculated values, tasks, advisers, fees and other forms."""
    forms = means().products.current.values()
    return {
        **{each.id: each.title for each in forms},
        **{each.fee_class: each.label for each in product.fees},
        **{each.id: Words(nl=each.name, en=each.name) for each in product.process.advisers},
        **{each.id: each.title for each in product.process.tasks},
        **{each.id: each.label for each in product.computed if each.label},
        **{each.id: each.label for each in product.questions},
    }


def _reasons(product: Product, *, trial: Trial) -> list[Reason]:
    """Those that fired first, then those that wait for an answer, then the rest."""
    evaluation = trial.evaluation
    if evaluation is None:
        return []
    seen = {each.rule: each for each in evaluation.outcomes}
    inputs, given = plan_of(product).inputs, {**evaluation.answers, **evaluation.computed}
    reasons = [
        Reason(
            rule=rule,
            outcome=seen[rule.id].outcome if rule.id in seen else "idle",
            values=[(name, given.get(name)) for name in inputs.get(rule.id, ())],
        )
        for rule in product.rules
    ]
    order = ("fired", "unknown", "silent", "idle")
    return sorted(reasons, key=lambda reason: order.index(reason.outcome))
