"""An export becomes a draft of our own; nothing of it goes without being named."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.forms.domain.working import UnfitTextError, check_files, check_product_id
from services.forms.openforms import Carried, carry_over, open_export
from services.forms.openforms.components import KNOWN
from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import evaluate
from shared.catalogue.reader import examine
from tests.services.forms.openforms.exports import (
    BENEFIT,
    CONTACT,
    PLUGINS,
    TREES,
    choice,
    component,
    form_of,
    hides,
    rule,
    shown_if,
    zipped,
)
from tests.services.forms.openforms.reference import TODAY

OPEN = ("needs a basis", "does not say why", "no text in errors for", "'retention' is missing", "A decision rests on")
"""What an export does not know, and the checker therefore asks of the functional administrator."""


def carried(lists: Mapping[str, Any]) -> Carried:
    return carry_over(open_export(zipped(lists)))


def product_of(lists: Mapping[str, Any]) -> Product:
    found = carried(lists)
    product = examine(dict(found.files), product_id=found.product).product
    assert product
    return product


@pytest.mark.parametrize("lists", [CONTACT, TREES, BENEFIT])
def test_all_that_is_left_to_write_is_what_an_export_does_not_know(lists: Mapping[str, Any]) -> None:
    found = carried(lists)
    assert check_product_id(found.product)
    assert check_files(found.files) == found.files
    faults = examine(dict(found.files), product_id=found.product).faults
    assert [str(fault) for fault in faults if not any(words in str(fault) for words in OPEN)] == []


def test_questions_keep_their_kind_words_limits_and_simple_conditions() -> None:
    product = product_of(CONTACT)
    kinds = {question.id: question.kind.value for question in product.questions}
    assert kinds == {
        "naam": "text",
        "e_mailadres": "email",
        "telefoonnummer": "phone",
        "onderwerp": "choice",
        "anders": "long_text",
        "akkoord": "declaration",
    }
    assert product.question("telefoonnummer").hint.nl == "Met netnummer"  # type: ignore[union-attr]
    assert (product.question("anders").when, product.question("anders").maximum) == ("onderwerp == 'iets_anders'", 500)
    assert (product.roles.name, product.roles.email) == ("naam", "e_mailadres")
    told = evaluate(product, {"onderwerp": "iets_anders"}, on=TODAY)
    assert "anders" in told.visible
    assert "anders" not in evaluate(product, {"onderwerp": "groen"}, on=TODAY).visible


def test_a_repeating_group_becomes_a_table_and_logic_over_its_rows_shows_a_whole_group() -> None:
    product = product_of(TREES)
    columns = {column.id: column for column in product.question("bomen").columns}
    assert columns["welke"].when == "soort == 'overig'"
    assert product.question("foto").when == "bomen.exists(r, r.hoogte > 20)"
    high = {"bomen": [{"soort": "eik", "hoogte": "25"}]}
    assert "foto" in evaluate(product, high, on=TODAY).visible
    assert "foto" not in evaluate(product, {"bomen": [{"soort": "eik", "hoogte": "5"}]}, on=TODAY).visible
    assert ("stap 2 ‘Stap van 2’", "Gevaar") in {(left.place, left.name) for left in carried(TREES).left}


def test_logic_hides_questions_and_steps_and_works_out_variables() -> None:
    product = product_of(BENEFIT)
    assert product.sign_in.person == "midden"
    young = {"geboortedatum": "2000-01-01", "inkomen": ["loon"], "kinderen": 2}
    told = evaluate(product, young, on=TODAY)
    assert {"werkgever", "gezin"} <= told.visible
    assert told.computed["grens"] == 1500
    old = evaluate(product, {**young, "geboortedatum": "1950-01-01", "inkomen": ["pensioen"], "kinderen": 0}, on=TODAY)
    assert not {"werkgever", "gezin"} & old.visible
    assert old.computed["grens"] == 1000
    assert "bedrag > grens" in {left.name for left in carried(BENEFIT).left}


def test_what_cannot_be_carried_is_named_with_its_place() -> None:
    found = carried(PLUGINS)
    places = {(left.place.partition(", ")[2] or left.place, left.name) for left in found.left}
    assert places >= {
        ("stap 1 ‘Stap van 1’", "Gezinsleden (npFamilyMembers)"),
        ("stap 1 ‘Stap van 1’", "Handtekening (signature)"),
        ("vraag ‘BSN’", "haalcentraal: burgerservicenummer"),
        ("vraag ‘Kenteken’", "validate.custom"),
        ("vraag ‘Kenteken’", "kvk"),
        ("vraag ‘Dubbel’", "customConditional"),
        ("vraag ‘Dubbel’", "^A"),
        ("vraag ‘Uitleg’", "Uitleg"),
        ("variabelen", "uitkomst"),
        ("logicaregel 1", "evaluate-dmn: naam == 'x'"),
        ("logicaregel 4", "fetch-from-service: true"),
        ("logicaregel 5", "set-registration-backend: true"),
        ("inloggen", "yivi_oidc"),
        ("formulier", "registration_backends: zgw-create-zaak"),
        ("formulier", "payment_backend"),
    }
    reasons = {left.place: left.why.nl for left in found.left}
    assert reasons["logicaregel 2"] == "Wij kennen dit niet: een voorwaarde op een leeg antwoord."
    assert reasons["logicaregel 3"] == "Wij kennen dit niet: de bewerking ‘missing’."
    text = found.files["form.yaml"]
    assert all(f"‘{left.name}’" in text for left in found.left)


def test_rules_that_contradict_each_other_decide_nothing() -> None:
    both = [rule({"var": "ja"}, hides("x")), rule({"==": [{"var": "ja"}, False]}, hides("x", state=False))]
    lists = form_of([component("checkbox", "ja", "Ja?"), component("textfield", "x", "X")], logic=both)
    assert product_of_text(lists, "x") == {}
    assert "Regels die dit tonen en verbergen gaan niet samen" in carried(lists).files["form.yaml"]


def test_names_that_cannot_stand_in_expressions_get_another_and_stay_apart() -> None:
    names = ("today", "3dagen", "a.b", "a-b", "éé", "kindVan")
    fields = [choice("radio", key, f"Vraag {key}", "x", "y") for key in names]
    shown = component("textfield", "laatste", "Laatste", **shown_if("a-b", "y", show=False))
    product = product_of(form_of([*fields, shown]))
    assert [question.id for question in product.questions][:6] == [
        "q_today",
        "q_3dagen",
        "a_b",
        "a_b_2",
        "question",
        "kind_van",
    ]
    assert product.question("laatste").when == "!(a_b_2 == 'y')"


def product_of_text(lists: Mapping[str, Any], name: str) -> dict[str, str]:
    """The condition of a question, if it has one."""
    when = product_of(lists).question(name).when
    return {"when": when} if when else {}


def _zip(names: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in names.items():
            archive.writestr(name, inner)
    return content.getvalue()


HOSTILE: Mapping[str, bytes] = {
    "nothing": b"",
    "no zip": b"PK\x03\x04 nearly",
    "out of the folder": _zip({"../../forms.json": b"[]"}),
    "a bomb": _zip({"forms.json": b"[" * 9_000_000}),
    "deep": zipped({**CONTACT, "formDefinitions": "[" * 90_000 + "]" * 90_000}),
    "deep objects": zipped({**CONTACT, "formLogic": '[{"a":' * 60 + "1" + "}]" * 60}),
    "no json": zipped({**CONTACT, "forms": "{"}),
    "no text": zipped({**CONTACT, "forms": b"\xff\xfe"}),
    "nothing of ours": _zip({"readme.txt": b"hello"}),
    "two forms": zipped({**CONTACT, "forms": CONTACT["forms"] * 2}),
    "no steps": zipped({**CONTACT, "formSteps": []}),
    "another shape": zipped({**CONTACT, "forms": {"name": "x"}}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_zip_that_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(UnfitTextError):
        open_export(content)


_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["\x00", "\u2028# x", "a: b", "- ", "]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_MEMBERS = (
    "label",
    "description",
    "values",
    "data",
    "validate",
    "conditional",
    "openForms",
    "prefill",
    "file",
    "hidden",
)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(
    kind=st.sampled_from(sorted(KNOWN)),
    members=st.dictionaries(st.sampled_from(_MEMBERS), _ANY, max_size=5),
    actions=st.lists(_ANY, max_size=2),
    form=st.dictionaries(st.sampled_from(("name", "slug", "auth_backends", "registration_backends")), _ANY, max_size=3),
)
def test_whatever_an_export_says_it_becomes_text_that_a_product_can_have(
    kind: str, members: dict[str, Any], actions: list[Any], form: dict[str, Any]
) -> None:
    odd = {"type": kind, "key": "k", "components": members.get("data"), **members}
    logic = [{"json_logic_trigger": True, "actions": actions}]
    found = carried(json.loads(json.dumps(form_of([odd, component("email", "e", "E")], logic=logic, **form))))
    assert check_files(found.files)
    assert check_product_id(found.product)
    faults = examine(dict(found.files), product_id=found.product).faults
    assert [fault for fault in faults if "not YAML" in str(fault) or "YAML refuses" in str(fault)] == []


def test_half_a_sign_in_logic_stays_out_of_the_text_that_lists_it() -> None:
    logic = [{"json_logic_trigger": {"\ud83d": "\ud83d"}, "actions": []}]
    found = carried(json.loads(json.dumps(form_of([component("email", "e", "E")], logic=logic))))
    assert "logicaregel 1" in found.files["form.yaml"].encode().decode()
