"""The table of indicators in one shape for the page, print, files and data: the same numbers everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from flask import get_template_attribute, render_template

from services.workflow.domain.indicators import Line, by_programme, course_of, trend_of
from services.workflow.indicator_figures import work_out_all
from services.workflow.indicator_store import lines
from services.workflow.web.office import office, screen_language
from shared.database import Connection
from shared.events import Words
from shared.letters.pdf import make_pdf

AHEAD: Final = 2

_HEAD: Final = Words(
    nl="Programma|Indicator|Bron|Eenheid|Jaar|Cijfer|Waarde|Toelichting|Hoe het gaat|Trend|Betekenis",
    en="Programme|Indicator|Source|Unit|Year|Figure|Value|Explanation|How it goes|Trend|Meaning",
)
_TITLE: Final = Words(nl="Indicatoren", en="Indicators")


@dataclass(frozen=True, kw_only=True)
class Table:
    """The lines by programme, the years that are shown, and how each line goes in the last year."""

    programmes: Mapping[str, Sequence[Line]]
    past: Sequence[int]
    ahead: Sequence[int]

    def course(self, line: Line) -> str:
        """Say how the last year with both a figure and a target goes."""
        years = sorted(set(line.realised) & set(line.targets), reverse=True)
        return course_of(line, year=years[0], running=self.past[-1]) if years else "none"

    def trend(self, line: Line) -> str:
        """Say how the last two known years compare."""
        return trend_of(line, running=self.past[-1])

    def as_data(self) -> list[dict[str, Any]]:
        """Give it as data."""
        return [
            {
                "programme": programme,
                "indicator": line.indicator.id,
                "name": line.indicator.name.nl,
                "source": line.indicator.source.nl,
                "unit": line.indicator.unit,
                "realised": {str(year): float(value) for year, value in sorted(line.realised.items())},
                "target": {str(year): float(value) for year, value in sorted(line.targets.items())},
                "explanation": [
                    {"year": year, "figure": what, "because": because}
                    for (year, what), because in sorted(line.because.items())
                ],
                "means": line.indicator.means.nl if line.indicator.means else "",
                "course": self.course(line),
                "trend": self.trend(line),
            }
            for programme, found in self.programmes.items()
            for line in found
        ]

    def as_rows(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Give it as rows for a spreadsheet, a row for each figure, in the words of the page."""
        language = screen_language()
        rows = [row for found in self.programmes.values() for line in found for row in self._rows(line, language)]
        return getattr(_HEAD, language).split("|"), rows

    def _rows(self, line: Line, language: str, /) -> Iterator[Sequence[str]]:
        indicator = line.indicator
        about = [getattr(each, language) for each in (indicator.programme, indicator.name, indicator.source)]
        about.append(_word("unit", indicator.unit))
        goes = [_word("course", self.course(line)), _word("trend", self.trend(line))]
        goes.append(getattr(indicator.means, language) if indicator.means else "")
        for what, values in (("realised", line.realised), ("target", line.targets)):
            for year, value in sorted(values.items()):
                because = line.because.get((year, what), "")
                yield (*about, str(year), _word("what", what), _plain(value), because, *goes)


def table_of(connection: Connection, *, today: date) -> Table:
    """Put the table together; the first time all years are worked out."""
    if connection.execute("select from workflow.worked_out limit 1").fetchone() is None:
        work_out_all(connection, today=today)
    found = lines(connection)
    first = min((year for line in found for year in line.realised), default=today.year)
    ahead = range(today.year + 1, today.year + 1 + AHEAD)
    return Table(programmes=by_programme(found), past=range(first, today.year + 1), ahead=ahead)


def press(table: Table, *, at: datetime) -> bytes:
    """Press the table as a PDF that lasts."""
    language = screen_language()
    html = render_template("indicators-print.html", table=table, municipality=office().municipality, at=at)
    return make_pdf(html, title=getattr(_TITLE, language), language=language, created=at)


def _word(macro: str, code: str, /) -> str:
    """Give the word that the page has for a code."""
    return str(get_template_attribute("indicator-words.html", macro)(code))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
