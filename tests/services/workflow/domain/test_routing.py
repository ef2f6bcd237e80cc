"""The table says where a case goes before its product does; a version is tried out on open cases first."""

from __future__ import annotations

from dataclasses import replace

from services.workflow.domain.routing import (
    Features,
    Line,
    Lying,
    Move,
    Route,
    faults_of,
    features_of,
    own_team,
    route,
    try_out,
)
from shared.events import RuleOutcome, Words
from tests.services.workflow.town import NOW, objecten, objection, submission

CASE = Features(product="objecten", kind="application", channel="web", place="Kade 1, 3811 LX Vathorst", own="permits")
KNOWN = {
    "team": ["permits", "street", "north"],
    "product": ["objecten"],
    "kind": ["application", "objection"],
    "channel": ["web", "post"],
}


def test_the_first_line_that_fits_says_the_team_and_else_the_product_does() -> None:
    lines = (
        Line(team="legal", kind="objection"),
        Line(team="north", product="objecten", place="  VATHORST "),
        Line(team="street", product="objecten"),
    )
    assert route(CASE, lines=lines) == Route(team="north", line=2)
    assert route(replace(CASE, place="Dorp"), lines=lines) == Route(team="street", line=3)
    assert route(replace(CASE, kind="objection"), lines=lines) == Route(team="legal", line=1)
    assert route(replace(CASE, product="collecte"), lines=lines) == Route(team="permits")
    assert route(replace(CASE, own=""), lines=()) == Route(team="")


def test_an_application_tells_how_it_came_in_and_which_team_its_rules_name() -> None:
    said, product = submission(), objecten()
    assert features_of(said, product=product).own == "permits"
    assert features_of(objection(received_at=NOW), product=product).kind == "objection"
    sends = next(rule for rule in product.rules if rule.effect == "route")
    fired = RuleOutcome(
        rule=sends.id, outcome="fired", effect="route", because=Words(nl="", en=""), source="", inputs=()
    )
    features = features_of(replace(said, rules=(fired,), place=None), product=product)
    assert (features.own, features.place, features.channel) == (sends.value, "", "web")
    assert own_team({sends.id}, product=product) == sends.value


def test_a_dry_run_counts_what_stays_moves_and_gets_lost_and_what_each_line_takes() -> None:
    lines = (Line(team="north", place="vathorst"), Line(team="gone", channel="post"))
    cases = [Lying(case=str(number), team="permits", features=CASE) for number in range(5)]
    cases += [
        Lying(case="stays", team="permits", features=replace(CASE, place="Dorp")),
        Lying(case="lost", team="permits", features=replace(CASE, place="Dorp", channel="post")),
        Lying(case="nowhere", team="", features=replace(CASE, place="Dorp", own="")),
    ]
    found = try_out(lines, on=cases, teams=KNOWN["team"])
    moved = Move(product="objecten", came="permits", goes="north")
    assert (found.looked_at, found.stay, found.lost) == (8, 1, 2)
    assert found.moves == {moved: 5}
    assert found.samples == {moved: ["0", "1", "2"]}
    assert found.by_line == {1: 5, 2: 1}


def test_a_table_with_an_unknown_team_a_line_that_is_never_reached_or_no_reason_is_refused() -> None:
    lines = (
        Line(team="street", product="objecten", place="dorp"),
        Line(team="permits", product="objecten", place="Dorpsplein"),
        Line(team="nobody", product="x", kind="x", channel="x", place="a" * 81),
    )
    faults = faults_of(lines, because=" ", known=KNOWN)
    assert [fault.name for fault in faults] == [
        *(f"lines.2.{name}" for name in ("team", "product", "kind", "channel", "place")),
        "lines.1.team",
        "because",
    ]
    assert "Regel 1 gaat altijd voor." in faults[5].reason.nl
    assert faults_of(lines[:1], because="Nieuw team", known=KNOWN) == ()
    assert [fault.name for fault in faults_of((), because="a" * 1001, known=KNOWN)] == ["because"]
