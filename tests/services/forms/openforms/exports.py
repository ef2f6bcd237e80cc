"""Exports as Open Formulieren makes them, made by hand: only what counts for carrying them over."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

Component = dict[str, Any]


def component(kind: str, key: str, label: str, **more: Any) -> Component:
    """A component as the builder of forms writes it."""
    checks = {"required": False, "custom": "", "pattern": "", "plugins": [], **more.pop("validate", {})}
    plain = {"hidden": False, "multiple": False, "customConditional": "", "calculateValue": "", "defaultValue": ""}
    conditional = {"eq": "", "show": None, "when": ""}
    return {"type": kind, "key": key, "label": label, "validate": checks, "conditional": conditional, **plain, **more}


def required(kind: str, key: str, label: str, **more: Any) -> Component:
    """A component that must be filled in."""
    return component(kind, key, label, validate={"required": True}, **more)


def choice(kind: str, key: str, label: str, *values: str, **more: Any) -> Component:
    """Something to choose from, with the value as label."""
    listed = [{"value": value, "label": value.capitalize()} for value in values]
    where = {"data": {"values": listed}} if kind == "select" else {"values": listed}
    return component(kind, key, label, **where, openForms={"dataSrc": "manual", "translations": {}}, **more)


def shown_if(when: str, eq: Any, *, show: bool = True) -> dict[str, Any]:
    """A simple condition of a component."""
    return {"conditional": {"show": show, "when": when, "eq": eq}}


def rule(trigger: Any, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule of logic."""
    return {"json_logic_trigger": trigger, "actions": list(actions), "order": 0, "description": "", **more}


def hides(key: str, *, state: bool = True) -> dict[str, Any]:
    """An action that hides a component, or shows it."""
    return {"component": key, "action": {"type": "property", "property": {"value": "hidden"}, "state": state}}


def form_of(
    *steps: Sequence[Component], logic: Sequence[Any] = (), variables: Sequence[Any] = (), **form: Any
) -> dict[str, Any]:
    """The lists of an export."""
    host = "http://of.example/api/v2/form-definitions"
    numbers = range(1, len(steps) + 1)
    return {
        "forms": [{"uuid": "f", "name": "Contact opnemen", "slug": "contact-opnemen", "auth_backends": [], **form}],
        "formSteps": [
            {"uuid": f"s{at}", "order": at - 1, "form_definition": f"{host}/d{at}", "is_applicable": True}
            for at in numbers
        ],
        "formDefinitions": [
            {"uuid": f"d{at}", "name": f"Stap van {at}", "slug": f"d{at}", "configuration": {"components": list(step)}}
            for at, step in zip(numbers, steps, strict=True)
        ],
        "formLogic": list(logic),
        "formVariables": list(variables),
        "_meta": {"of_release": "3.5.6", "of_git_sha": "0"},
    }


def zipped(lists: Mapping[str, Any]) -> bytes:
    """An export as a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, value in lists.items():
            archive.writestr(f"{name}.json", value if isinstance(value, str | bytes) else json.dumps(value))
    return content.getvalue()


NAME = required("textfield", "naam", "Wat is uw naam?")
EMAIL = required("email", "eMailadres", "Wat is uw e-mailadres?")
CONTACT = form_of(
    [
        NAME,
        EMAIL,
        component("phoneNumber", "telefoonnummer", "Telefoonnummer", description="<p>Met <b>netnummer</b></p>"),
        choice("radio", "onderwerp", "Waar gaat het over?", "afval", "groen", "Iets anders"),
        component(
            "textarea", "anders", "Wat dan?", **shown_if("onderwerp", "Iets anders"), validate={"maxLength": 500}
        ),
        required("checkbox", "akkoord", "Ik ga akkoord"),
    ]
)
TREES = form_of(
    [NAME, EMAIL],
    [
        component(
            "editgrid",
            "bomen",
            "Welke bomen wilt u kappen?",
            groupLabel="Boom",
            components=[
                choice("select", "soort", "Soort boom", "eik", "beuk", "overig"),
                component("textfield", "welke", "Welke soort?", **shown_if("bomen.soort", "overig")),
                component("number", "hoogte", "Hoogte in meters", validate={"min": 0, "max": 60}),
            ],
        ),
        component(
            "fieldset",
            "gevaar",
            "Gevaar",
            components=[
                component("file", "foto", "Foto", file={"type": ["image/jpeg", "image/png"]}, fileMaxSize="5MB")
            ],
            hidden=True,
        ),
    ],
    logic=[rule({"some": [{"var": "bomen"}, {">": [{"var": "hoogte"}, 20]}]}, hides("gevaar", state=False))],
    name="Boom kappen",
    slug="boom-kappen",
)
BENEFIT = form_of(
    [
        NAME,
        EMAIL,
        required("date", "geboortedatum", "Geboortedatum"),
        choice("selectboxes", "inkomen", "Welk inkomen hebt u?", "loon", "uitkering", "pensioen"),
        component("currency", "bedrag", "Hoeveel per maand?"),
        component("number", "kinderen", "Hoeveel kinderen?", decimalLimit=0),
        component("textfield", "werkgever", "Naam van de baas"),
    ],
    [component("checkbox", "gezin", "Vraagt u voor het gezin?")],
    logic=[
        rule({"!": [{"var": "inkomen.loon"}]}, hides("werkgever")),
        rule(
            {"<": [{"date": {"var": "geboortedatum"}}, {"-": [{"today": []}, {"rdelta": [67]}]}]},
            {"form_step_uuid": "s2", "action": {"type": "step-not-applicable"}},
        ),
        rule(
            {">": [{"var": "kinderen"}, 0]},
            {
                "variable": "grens",
                "action": {"type": "variable", "value": {"+": [1000, {"*": [{"var": "kinderen"}, 250]}]}},
            },
        ),
        rule({">": [{"var": "bedrag"}, {"var": "grens"}]}, {"action": {"type": "disable-next"}}),
    ],
    variables=[{"key": "grens", "source": "user_defined", "data_type": "int", "initial_value": 1000}],
    auth_backends=[{"backend": "digid"}],
    name="Bijzondere bijstand",
    slug="bijzondere-bijstand",
)
PLUGINS = form_of(
    [
        NAME,
        EMAIL,
        component("npFamilyMembers", "gezinsleden", "Gezinsleden"),
        component("bsn", "bsn", "BSN", prefill={"plugin": "haalcentraal", "attribute": "burgerservicenummer"}),
        component(
            "textfield", "kenteken", "Kenteken", validate={"custom": "valid = input.length > 3", "plugins": ["kvk"]}
        ),
        component(
            "textfield", "dubbel", "Dubbel", customConditional="show = data.naam == 'x'", validate={"pattern": "^A"}
        ),
        component("signature", "handtekening", "Handtekening"),
        component("content", "uitleg", "Uitleg", html="<p>Lees <a href='x'>dit</a>.</p>"),
    ],
    logic=[
        rule({"==": [{"var": "naam"}, "x"]}, {"action": {"type": "evaluate-dmn"}, "variable": "uitkomst"}),
        rule({"==": [{"var": "naam"}, ""]}, hides("dubbel")),
        rule({"missing": ["naam"]}, hides("bsn")),
        rule(True, {"action": {"type": "fetch-from-service", "value": "3"}, "variable": "weer"}),
        rule(True, {"action": {"type": "set-registration-backend", "value": "zaak"}}),
    ],
    variables=[{"key": "uitkomst", "source": "user_defined", "data_type": "object", "initial_value": {}}],
    registration_backends=[{"backend": "zgw-create-zaak", "name": "Zaken"}],
    auth_backends=[{"backend": "yivi_oidc"}],
    payment_backend="worldline",
)
