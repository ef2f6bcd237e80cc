"""Reads what the residents' panel answered as indicators, from the counts that the form service tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Final

from services.workflow.domain.indicators import TOGETHER, Indicator, Line
from services.workflow.queries import Row
from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import Words

_COUNTED: Final = """
select m.product, m.version, m.id, m.what, sum(m.count)::int as n, max(extract(year from m.day))::int as year
from catalogue.version v join workflow.measures m on m.product = v.product and m.version = v.version
where v.product like 'panel-%%' and m.subject = 'question' group by 1, 2, 3, 4 order by 1, 2, 3
"""
_QUESTIONS: Final = Indicator(
    id="panel-questions",
    programme=TOGETHER,
    name=Words(nl="Vragen aan het bewonerspanel", en="Questions to the residents’ panel"),
    unit="number",
    better="",
    source=Words(nl="Balie, vragenlijsten", en="Balie, questionnaires"),
    means=Words(
        nl="Vragen die in het jaar klaar waren en waarop minstens 5 mensen antwoordden.",
        en="Questions that closed in the year and that at least 5 people answered.",
    ),
)
_MEAN: Final = Words(nl="Gemiddelde van de antwoorden.", en="Mean of the answers.")
_SHARE: Final = Words(nl="Deel van de mensen dat dit antwoord gaf.", en="Share of the people who gave this answer.")


def panel_lines(connection: Connection) -> list[Line]:
    """Give a line for each number, and for each answer that could be chosen; and how many questions there were."""
    rows = connection.execute(_COUNTED).fetchall()
    found: list[Line] = []
    years: dict[int, Decimal] = {}
    for (product_id, version, name), counted in groupby(rows, key=itemgetter("product", "version", "id")):
        counts = {row["what"]: row for row in counted}
        if "answered" in counts:
            product = recall(connection, product_id=product_id, version=version)
            year = counts["answered"]["year"]
            years[year] = years.get(year, Decimal(0)) + 1
            found += _lines(product, question=product.question(name), counts=counts, year=year)
    return [Line(indicator=_QUESTIONS, realised=years, targets={}), *found] if years else []


def _lines(product: Product, *, question: Question, counts: Mapping[str, Row], year: int) -> Iterator[Line]:
    answered = counts["answered"]["n"]
    if "sum" in counts:
        mean = round(Decimal(counts["sum"]["n"]) / answered, 1)
        indicator = _indicator(product, id_=question.id, name=question.label, unit="mark", means=_MEAN)
        yield Line(indicator=indicator, realised={year: mean}, targets={})
    for value, label in _choices(question):
        chosen = counts.get(f"answer.{value}")
        if chosen is not None:
            name = Words(nl=f"{question.label.nl} {label.nl}", en=f"{question.label.en} {label.en}")
            share = round(Decimal(100 * chosen["n"]) / answered, 1)
            indicator = _indicator(product, id_=f"{question.id}.{value}", name=name, unit="percent", means=_SHARE)
            yield Line(indicator=indicator, realised={year: share}, targets={})


def _indicator(product: Product, *, id_: str, name: Words, unit: str, means: Words) -> Indicator:
    title = product.title
    source = Words(nl=f"Bewonerspanel: {title.nl}", en=f"Residents’ panel: {title.en}")
    return Indicator(
        id=f"{product.id}.{id_}", programme=TOGETHER, name=name, unit=unit, better="", source=source, means=means
    )


def _choices(question: Question) -> tuple[tuple[str, Words], ...]:
    if question.kind is Kind.YES_NO:
        return (("true", Words(nl="Ja", en="Yes")), ("false", Words(nl="Nee", en="No")))
    return tuple((each.value, each.label) for each in question.choices)
