"""What the pages of rule trials show: versions by name, counts as sentences, and samples side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from flask import render_template

from services.workflow.domain.trial import Pair, Tally, fingerprint, to_plain
from services.workflow.domain.trial_report import Change, Move, Pace, changes_between, minutes_saved, moves_of, pace_of
from services.workflow.queries import Row
from services.workflow.trial_store import (
    Progress,
    Trial,
    progress_of,
    references_of,
    seconds_filled_in,
    tally_of,
    versions,
)
from services.workflow.web.office import me, now, office, screen_language
from shared.access import Permission, scope_of
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import Words
from shared.letters.pdf import make_pdf

_TITLE: Final = Words(nl="Regelproef", en="Rule trial")


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version as people call it: by its number; `served_from` is None for one that never served."""

    version: str
    number: int
    served_from: datetime | None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A product with its versions, the newest first; `base` serves now, and `draft` is the newest other one."""

    product: str
    title: Words
    versions: Sequence[Version]
    base: str
    draft: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One application under both versions; `reference` is None for who may not see it."""

    reference: str | None
    pair: Pair


@dataclass(frozen=True, kw_only=True)
class Report:
    """A trial with all that was found so far; `because` says of each rule why it is there."""

    trial: Trial
    title: Words
    base: Version
    draft: Version
    progress: Progress
    tally: Tally
    changes: Sequence[Change]
    moves: Sequence[Move]
    pace: Pace
    minutes: float
    samples: Mapping[str, Sequence[Sample]]
    because: Mapping[str, Words]
    sha256: str

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return bool(self.progress.parts_left) and self.trial.stopped_at is None


def choices_of(connection: Connection, *, rows: Sequence[Row]) -> list[Choice]:
    """Give the products of which there are two versions or more."""
    found, served = [], served_of(rows)
    for product, group in groupby(rows, key=lambda row: row["product"]):
        known = [Version(version=row["version"], number=row["number"], served_from=row["served_from"]) for row in group]
        if len(known) < 2:
            continue
        base = next((one for one in known if one.version == served.get(product)), known[-1])
        draft = next(one for one in known if one is not base)
        title = recall(connection, product_id=product, version=base.version).title
        found.append(Choice(product=product, title=title, versions=known, base=base.version, draft=draft.version))
    return found


def served_of(rows: Sequence[Row]) -> dict[str, str]:
    """Give by product the version that serves."""
    served = sorted((row for row in rows if row["served_from"]), key=lambda row: (row["served_from"], row["number"]))
    return {row["product"]: row["version"] for row in served}


def report_of(connection: Connection, *, trial: Trial) -> Report:
    """Put together what was found."""
    tally = tally_of(connection, trial_id=trial.id)
    base, draft = (
        recall(connection, product_id=trial.product, version=version) for version in (trial.base, trial.draft)
    )
    known = {row["version"]: row for row in versions(connection, now=now()) if row["product"] == trial.product}
    counts = seconds_filled_in(connection, product=trial.product, since=trial.since, until=trial.until)
    pace = pace_of(counts, tally=tally)
    return Report(
        trial=trial,
        title=draft.title,
        base=_version(known[trial.base]),
        draft=_version(known[trial.draft]),
        progress=progress_of(connection, trial_id=trial.id),
        tally=tally,
        changes=changes_between(base, draft),
        moves=moves_of(tally),
        pace=pace,
        minutes=minutes_saved(tally, pace=pace),
        samples=_samples(connection, tally=tally),
        because=_because(base, draft),
        sha256=fingerprint(tally),
    )


def figures_of(connection: Connection, *, trial: Trial) -> dict[str, Any]:
    """Give the counts as data; samples stay on the page, where rights are looked at."""
    tally, progress = tally_of(connection, trial_id=trial.id), progress_of(connection, trial_id=trial.id)
    counts = {name: value for name, value in to_plain(tally).items() if name != "samples"}
    about = {name: str(value) for name, value in vars(trial).items()}
    return {"trial": about, "progress": vars(progress), "counts": counts, "sha256": fingerprint(tally)}


def press_report(report: Report) -> bytes:
    """Press the report as a PDF; the same counts give the same bytes."""
    language = screen_language()
    html = render_template("trial-report.html", report=report, municipality=office().municipality)
    title = f"{getattr(_TITLE, language)}: {getattr(report.title, language)}"
    created = report.progress.ended_at or report.trial.began_at
    return make_pdf(html, title=title, language=language, created=created)


def _version(row: Row) -> Version:
    return Version(version=row["version"], number=row["number"], served_from=row["served_from"])


def _samples(connection: Connection, *, tally: Tally) -> Mapping[str, Sequence[Sample]]:
    cases = [pair.case for found in tally.samples.values() for _, pair in found]
    scope = scope_of(me(), permission=Permission.SEE_CASES)
    names = references_of(connection, cases=cases, scope=scope) if cases else {}
    return {
        kind: [Sample(reference=names.get(pair.case), pair=pair) for _, pair in found]
        for kind, found in tally.samples.items()
    }


def _because(base: Product, draft: Product) -> Mapping[str, Words]:
    """The words of the draft go before those of the base."""
    return {rule.id: rule.because for product in (base, draft) for rule in product.rules}
