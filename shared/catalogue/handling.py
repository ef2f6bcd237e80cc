"""Reading process.yaml: how the municipality handles an application."""

from __future__ import annotations

from shared.catalogue.definitions import (
    Adviser,
    AdviserKind,
    Block,
    Check,
    OutcomeNature,
    PermitLife,
    Procedure,
    Process,
    Retention,
    RetentionStart,
    ServiceNorm,
    Silence,
    SilenceEffect,
    Task,
)
from shared.catalogue.ladder import read_ladder
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins
from shared.law.terms import Amount, SetBy, TermRule, Unit

RESULTS = ("granted", "refused", "withdrawn", "broken_off")


def read_process(entry: Entry, *, origins: Origins) -> Process:
    """Read process.yaml; its faults are noted with the text."""
    term, term_seen = _term(entry)
    origins.places["team", ""] = entry.place("team")
    process = Process(
        nature_of_outcome=entry.one_of_or_none("nature_of_outcome", among=OutcomeNature) or OutcomeNature.DECISION,
        term=term,
        term_seen=term_seen,
        service_norm=_service_norm(entry),
        procedure=entry.one_of_or_none("procedure", among=Procedure) or Procedure.REGULAR,
        silence=_silence(entry),
        repair_days=entry.whole("repair_days"),
        authority=entry.text("authority"),
        signatory=entry.text("signatory"),
        legal_basis=entry.texts("legal_basis"),
        team=entry.text_or_none("team"),
        four_eyes=entry.flag("four_eyes"),
        publish=entry.flag("publish"),
        sample_percent=_percent(entry),
        advisers=tuple(_adviser(each, origins=origins) for each in entry.entries("advisers")),
        tasks=tuple(_task(each, origins=origins) for each in entry.entries("tasks")),
        grant_reasons=_blocks(entry, "grant_reasons", origins=origins),
        refusal_grounds=_blocks(entry, "refusal_grounds", origins=origins),
        conditions=_blocks(entry, "conditions", origins=origins),
        subject=entry.dutch_or_none("subject", called="subject"),
        permit=_permit(entry, origins=origins),
        escalation=read_ladder(entry, has_norm=entry.has("service_norm")),
        retention=_retention(entry, origins=origins),
    )
    for key in ("legal_basis", "grant_reasons", "refusal_grounds"):
        needed = key != "grant_reasons" or process.nature_of_outcome is OutcomeNature.DECISION
        if needed and not getattr(process, key):
            entry.fault(f"A decision rests on something: '{key}' is empty (Awb 3:46, 3:47).")
    if process.authority and not process.authority.startswith(("het ", "de ")):
        entry.fault("A letter names the authority in a sentence: write 'het' or 'de' before it.", key="authority")
    entry.close()
    return process


def _term(process: Entry) -> tuple[TermRule, bool]:
    """Give the term, and whether the text of its article was read."""
    entry = process.entry("term")
    if entry is None:
        return TermRule(amount=1, unit=Unit.weeks, set_by=SetBy.own, article=""), False
    extension = entry.entry_or_none("extension")
    term = TermRule(
        amount=_at_least_one(entry),
        unit=entry.one_of("unit", among=Unit) or Unit.weeks,
        set_by=entry.one_of("set_by", among=SetBy) or SetBy.own,
        article=entry.text("article"),
        extension=_extension(extension) if extension else None,
        atw_declared=entry.flag("atw_declared"),
        no_penalty=entry.flag("no_penalty"),
    )
    seen = entry.flag("source_seen", default=True)
    entry.close()
    return term, seen


def _service_norm(process: Entry) -> ServiceNorm | None:
    entry = process.entry_or_none("service_norm")
    if entry is None:
        return None
    norm = ServiceNorm(amount=_at_least_one(entry), unit=entry.one_of("unit", among=Unit) or Unit.working_days)
    entry.close()
    return norm


def _silence(process: Entry) -> Silence | None:
    entry = process.entry_or_none("silence")
    if entry is None:
        return None
    effect = entry.one_of("effect", among=SilenceEffect) or SilenceEffect.ALLOWED
    silence = Silence(effect=effect, article=entry.text("article"))
    entry.close()
    return silence


def _percent(process: Entry) -> int:
    percent = process.whole("sample_percent", default=0)
    if percent > 100:
        process.fault("A percentage is at most 100.", key="sample_percent")
    return percent


def _adviser(entry: Entry, *, origins: Origins) -> Adviser:
    adviser = Adviser(
        id=origins.name(entry, thing="adviser"),
        name=entry.text("name"),
        kind=entry.one_of("kind", among=AdviserKind) or AdviserKind.INTERNAL,
        days=entry.whole("days"),
        article=entry.text("article"),
    )
    entry.close()
    return adviser


def _task(entry: Entry, *, origins: Origins) -> Task:
    name = origins.name(entry, thing="task")
    origins.places.setdefault(("after", name), entry.place("after"))
    origins.places.setdefault(("team", name), entry.place("team"))
    task = Task(
        id=name,
        title=entry.words("title"),
        when=origins.expression(entry, key="when", thing="task", owner=name),
        after=entry.texts("after"),
        optional=entry.flag("optional"),
        by_rule=entry.flag("by_rule"),
        checklist=tuple(_check(each, task=name, origins=origins) for each in entry.entries("checklist")),
        team=entry.text_or_none("team"),
        days=entry.whole("days") if entry.has("days") else None,
        afterwards=entry.flag("afterwards"),
    )
    entry.close()
    return task


def _check(entry: Entry, *, task: str, origins: Origins) -> Check:
    name = origins.name(entry, thing="check", within=f"{task}.")
    return Check(id=name, text=entry.own_words(key="checklist"))


def _permit(process: Entry, *, origins: Origins) -> PermitLife:
    origins.places["permit", "subject"] = process.place("subject")
    entry = process.entry_or_none("permit")
    if entry is None:
        return PermitLife()
    for key in ("valid_from", "valid_until", "number_in"):
        origins.places["permit", key] = entry.place(key)
    life = PermitLife(
        valid_from=entry.text_or_none("valid_from"),
        valid_until=entry.text_or_none("valid_until"),
        indefinite=entry.flag("indefinite"),
        renew_before_days=entry.whole("renew_before_days") if entry.has("renew_before_days") else None,
        at_most_years=_at_least_one(entry, key="at_most_years") if entry.has("at_most_years") else None,
        at_least_months=_at_least_one(entry, key="at_least_months") if entry.has("at_least_months") else None,
        number=entry.words_or_none("number"),
        number_in=entry.text_or_none("number_in"),
        renewal=_begins_with(entry, key="renewal", origins=origins),
        amendment=_begins_with(entry, key="amendment", origins=origins),
    )
    if life.at_most_years and (life.valid_until or life.indefinite):
        entry.fault("Either the decision says the last day, or the answers do.", key="at_most_years")
    elif life.number and not life.at_most_years:
        entry.fault("The decision gives a number only where it says the last day: 'at_most_years'.", key="number")
    elif life.at_least_months and not life.at_most_years:
        entry.fault("A last day has bounds only where the decision says it: 'at_most_years'.", key="at_least_months")
    entry.close()
    return life


def _begins_with(permit: Entry, *, key: str, origins: Origins) -> dict[str, str]:
    """Read answers by question."""
    entry = permit.entry_or_none(key)
    if entry is None:
        return {}
    names = entry.keys()
    for name in names:
        origins.places["permit", f"{key}.{name}"] = entry.place(name)
    return {name: entry.text(name) for name in names}


def _extension(entry: Entry) -> Amount:
    amount = Amount(
        amount=_at_least_one(entry),
        unit=entry.one_of("unit", among=Unit) or Unit.weeks,
        article=entry.text("article"),
    )
    entry.close()
    return amount


def _at_least_one(entry: Entry, *, key: str = "amount") -> int:
    amount = entry.whole(key)
    if amount == 0 and entry.text_or_none(key) == "0":
        entry.fault("A term lasts one or more.", key=key)
    return max(1, amount)


def _blocks(process: Entry, key: str, *, origins: Origins) -> tuple[Block, ...]:
    return tuple(_block(entry, origins=origins) for entry in process.entries(key))


def _block(entry: Entry, *, origins: Origins) -> Block:
    name = origins.name(entry, thing="block")
    block = Block(
        id=name,
        text=entry.dutch("text"),
        because=entry.dutch("because"),
        source=entry.text("source"),
        when=origins.expression(entry, key="when", thing="block", owner=name),
    )
    entry.close()
    return block


def _retention(process: Entry, *, origins: Origins) -> dict[str, Retention]:
    entry = process.entry("retention")
    if entry is None:
        return {}
    inner = {result: each for result in RESULTS if (each := entry.entry(result))}
    for result, each in inner.items():
        origins.places["retention", result] = each.place("number")
    kept = {result: _kept(each) for result, each in inner.items()}
    entry.close()
    return kept


def _kept(entry: Entry) -> Retention:
    keep = entry.flag("keep")
    needed = entry.one_of_or_none if keep else entry.one_of
    kept = Retention(
        number=entry.text("number"),
        years=None if keep else entry.whole("years"),
        starts=needed("starts", among=RetentionStart) or RetentionStart.CLOSED,
    )
    entry.close()
    return kept
