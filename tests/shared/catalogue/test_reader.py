"""How a catalogue is read: whole products only, each named by its content, and never down for one bad folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import shared.catalogue
from shared.catalogue.__main__ import main
from shared.catalogue.definitions import UnknownNameError, UnknownProductError
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.reader import read_catalogue, version_of
from shared.law.terms import SetBy, Unit
from tests.products import read_product
from tests.shared.catalogue.texts import CASE, FILES, FORM

FOLDER = Path(shared.catalogue.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with the trial product and its one example."""
    shutil.copy(FOLDER / "municipality.yaml", tmp_path)
    (tmp_path / "trial" / "cases").mkdir(parents=True)
    for name, text in FILES.items():
        (tmp_path / "trial" / name).write_text(text, encoding="utf-8")
    (tmp_path / "trial" / "cases" / "one.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def change(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_the_catalogue_of_the_house_has_no_faults() -> None:
    catalogue = read_catalogue(FOLDER)
    assert catalogue.faults == ()
    assert "objecten" in catalogue.products
    assert catalogue.municipality.name == "Gemeente Amersfoort"


def test_a_faulty_product_is_left_out_and_the_others_stay(folder: Path) -> None:
    shutil.copytree(folder / "trial", folder / "broken")
    change(folder / "broken" / "form.yaml", "kind: integer", "kind: interger")
    catalogue = read_catalogue(folder)
    assert list(catalogue.products) == ["trial"]
    assert [str(fault.place) for fault in catalogue.faults] == ["broken/form.yaml:44:15"]
    with pytest.raises(UnknownProductError):
        catalogue.product("broken")


def test_a_file_that_is_no_text_leaves_only_its_product_out(folder: Path) -> None:
    shutil.copytree(folder / "trial", folder / "broken")
    (folder / "broken" / "form.yaml").write_bytes(b"\xff\xfe\x00")
    catalogue = read_catalogue(folder)
    assert list(catalogue.products) == ["trial"]
    assert "no UTF-8" in catalogue.faults[0].sentence


def test_without_a_municipality_nobody_speaks(folder: Path) -> None:
    change(folder / "municipality.yaml", "court:", "cuort:")
    with pytest.raises(FaultyCatalogueError, match="'court' is missing"):
        read_catalogue(folder)
    (folder / "municipality.yaml").unlink()
    with pytest.raises(FaultyCatalogueError, match="missing"):
        read_catalogue(folder)


def test_a_version_changes_with_every_text_but_not_with_line_ends_or_examples(folder: Path) -> None:
    version = read_catalogue(folder).product("trial").version
    assert len(version) == 64
    change(folder / "trial" / "cases" / "one.yaml", "weight: 120", "weight: 130")
    assert read_catalogue(folder).product("trial").version == version
    assert version_of({**FILES, "form.yaml": FORM.replace("\n", "\r\n")}) == version
    assert version_of({**FILES, "letters/note.txt": "Dag"}) != version
    change(folder / "trial" / "process.yaml", "repair_days: 14", "repair_days: 21")
    assert read_catalogue(folder).product("trial").version != version


def test_a_product_can_be_read_again_from_its_own_texts() -> None:
    first = read_product(FILES, product_id="trial")
    again = read_product(first.files, product_id="trial")
    assert again.version == first.version
    assert again.steps == first.steps
    assert again.rules == first.rules
    assert again.process == first.process


def test_the_term_of_a_permit_is_eight_weeks_by_ordinance_and_eight_more() -> None:
    process = read_catalogue(FOLDER).product("objecten").process
    assert (process.term.amount, process.term.unit, process.term.set_by) == (8, Unit.weeks, SetBy.ordinance)
    assert process.term.extension is not None
    assert (process.term.extension.amount, process.term.extension.unit) == (8, Unit.weeks)
    assert process.retention["granted"].number == "11.1.2"
    assert process.repair_days == 14


def test_things_are_found_by_name() -> None:
    product = read_product(FILES, product_id="trial")
    assert product.question("weight").when == "heavy"
    assert product.rule("price").value == "plain"
    assert product.block("bad").source == "APV 1:8"
    with pytest.raises(UnknownNameError):
        product.question("colour")


def test_the_checker_says_there_are_no_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].endswith(
        "1 examples, 2 of 2 rules fire, 1 of 1 conditions are met, 1 of 1 conditional texts and tasks come up"
    )
    assert printed[-1] == "1 products, 0 faults"


def test_the_checker_tells_each_fault_and_ends_with_status_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "trial" / "form.yaml", "when: heavy", "when: heavi")
    assert main([str(folder)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "trial/form.yaml:45:15: There is no question 'heavi'. Did you mean 'heavy'?"
    assert printed[-1] == "0 products, 1 faults"


def test_the_checker_without_a_folder_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("fee: plain", "fee: null", "cases/one.yaml:13:8: The fee came out as plain."),
        ("outcome: permit", "outcome: at_once", "cases/one.yaml:14:12: The outcome came out as permit."),
        ("visible: [weight]", "hidden: [weight]", "cases/one.yaml:10:11: 'weight' is visible."),
        ("total: 5", "total: 6", "cases/one.yaml:11:13: 'total' came out as 5.0."),
        ("fired: [too-heavy, price]", "fired: [price]", "12:10: The rules that fired are: too-heavy, price."),
        ("visible: [weight]", "visible: [wieght]", "There is no question 'wieght'. Did you mean 'weight'?"),
        ("visible: [weight]", "suggested: [bad]", "cases/one.yaml:10:14: The block 'bad' is not suggested."),
        ("visible: [weight]", "visble: [weight]", "key 'visble' is unknown here. Did you mean 'visible'?"),
        ("  name: Noor", "  nam: Noor", "cases/one.yaml:7:8: There is no question 'nam'. Did you mean 'name'?"),
        ("weight: 120", "weight: heavy", "one.yaml:6:11: This is no answer to a question of the kind 'integer'."),
        ("weight: 120", "weight: 90", "trial/cases:1:1: No example makes the rule 'too-heavy' fire."),
        ("heavy: true", "heavy: false", "trial/cases:1:1: No example shows the question 'weight'."),
        ("on: 2026-05-01\n", "", "cases/one.yaml:1:1: The key 'on' is missing."),
        ("fee: plain", "fee_cents: 900", "cases/one.yaml:13:14: The fee_cents came out as 1000."),
        ("fee: plain", "missing: [email]", "cases/one.yaml:13:12: The missing came out as none."),
        ("fee: plain", "effects: {route: street}", "cases/one.yaml:13:12: The route came out as None."),
        ("fee: plain", "effects: {tasks: [look]}", "cases/one.yaml:13:12: The tasks came out as none."),
        ("fee: plain", "effects: {rout: street}", "no effect 'rout' to expect. Did you mean 'route'?"),
        ("fee: plain", "suggested: [fime]", "There is no block 'fime'. Did you mean 'fine'?"),
        (
            "length: '2.5'",
            "lenght: '2.5'",
            "4:5: There is no column for 'things.0.lenght', or it cannot have this answer.",
        ),
        (
            "colour: red",
            "colour: green",
            "4:5: There is no column for 'things.0.colour', or it cannot have this answer.",
        ),
    ],
)
def test_an_example_that_no_longer_holds_is_told_at_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, told: str
) -> None:
    change(folder / "trial" / "cases" / "one.yaml", right, wrong)
    assert main([str(folder)]) == 1
    assert told in capsys.readouterr().out


def test_a_product_without_examples_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "trial" / "cases" / "one.yaml").unlink()
    assert main([str(folder)]) == 1
    assert "trial/cases:1:1: There is no example case." in capsys.readouterr().out
