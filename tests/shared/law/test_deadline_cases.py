"""The worked deadlines, and the command that runs any file of them."""

from pathlib import Path

import pytest

from tests.deadline_cases import difference, main
from tests.deadline_rows import Case, read_cases

EXAMPLES = Path(__file__).parents[2] / "deadline-examples.csv"
HEAD = "id,rule,start_date,parameters,expected_date,explanation,source\n"


@pytest.mark.parametrize("case", list(read_cases(EXAMPLES)), ids=lambda case: case.id)
def test_the_product_agrees_with_the_worked_deadline(case: Case) -> None:
    assert difference(case) is None


def test_the_command_prints_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(EXAMPLES)]) == 0
    assert capsys.readouterr().out == "56 passed, 0 failed\n"


def test_the_product_agrees_with_what_was_worked_by_hand_at_the_edges(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(EXAMPLES.with_name("deadline-more.csv"))]) == 0
    assert capsys.readouterr().out == "320 passed, 0 failed\n"


def test_the_command_reports_each_row_that_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.csv"
    good = "A,bezwaartermijn,2023-04-14,weeks=6;law=wet;atw=yes,2023-05-26,,\n"
    wrong = "B,bezwaartermijn,2023-04-14,weeks=6;law=wet;atw=yes,2023-05-27,,\n"
    file.write_text(HEAD + good + wrong)
    assert main([str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "B bezwaartermijn 2023-04-14: expected 2023-05-27, got 2023-05-26",
        "1 passed, 1 failed",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "A,onzin,2026-01-01,,2026-01-01,,",
        "A,beslistermijn_weken,2026-13-01,weeks=8,2026-01-01,,",
        "A,beslistermijn_weken",
        "A,beslistermijn_weken,2026-01-05,weeks=acht,2026-03-02,,",
        "A,beslistermijn_weken,2026-01-05,wekes=8,2026-03-02,,",
        "A,beslistermijn_weken,2026-01-05,weeks=8;law=gewoonte,2026-03-02,,",
        "A,beslistermijn_weken,2026-01-05,weeks=8;atw=maybe,2026-03-02,,",
        "A,beslistermijn_weken,9999-12-30,weeks=8,2026-03-02,,",
        "A,opschorting,2026-06-01,weeks=8;invited=2026-06-10,2026-08-05,,",
        "A,opschorting,2026-06-01,weeks=8;invited=2026-06-10;supplemented=2026-06-18;policy=odd,2026-08-03,,",
        "A,ow_inwerkingtreding,2026-03-05,variant=odd,2026-03-06,,",
        "A,dwangsom_bedrag,,,EUR 23,,",
        "A,aanvraag_uiterlijk_terugrekening,2026-08-29,,2026-07-04,,",
        "A,ontvangstdatum,2026-06-30T22:30Z,tz=Asia/Tokyo,2026-07-01,,",
        "A,termijn,2026-01-05,n=3;unit=maan,2026-03-02,,",
        "A,bezwaartermijn,2023-04-14,weeks=6,2023-05-26,,bron, nog een bron",
        'A,bezwaartermijn,2023-04-14,weeks=6,2023-05-26,,"bron',
    ],
)
def test_an_odd_row_fails_with_its_reason_and_stops_nothing(
    row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(HEAD + row + "\n")
    assert main([str(file)]) == 1
    report, totals = capsys.readouterr().out.splitlines()
    assert "cannot be run: " in report
    assert totals == "0 passed, 1 failed"


def test_a_file_that_is_not_there_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.csv"]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "row",
    [
        "A,verlenging,2026-09-13,weeks=8;extend_weeks=6;law=wet;atw=safe,2026-12-20,,",
        "A,verlenging,2026-09-13,weeks=8;extend_weeks=6;law=wet;atw=yes,2026-12-21,,",
        "A,kennisgeving_48_uur,2026-10-24T10:00+02:00,hours=48;atw=no,2026-10-26T09:00+01:00,,",
        "A,ingebrekestelling_prematuur,2026-03-10,deadline=2026-03-09(rolled from zo 2026-03-08),geldig,,",
        'A,dwangsom_bedrag,,days_in_default=42,"EUR 1.442",,',
        "A,dwangsom_eerste_dag,2026-12-19,two_weeks=14d;atw=safe,2027-01-03,,",
        "A,bezwaar_per_post_uiterlijk,2026-05-18,days=7;law=wet;atw=no,2026-05-25,,",
        "A,beslistermijn_weken,2026-01-10,weeks=8;law=verordening;atw=yes,2026-03-09,,",
        "A,opschorting,2026-06-01,weeks=8;invited=2026-06-10|2026-06-30;supplemented=2026-06-18|2026-07-03,2026-08-05,,",
        "A,opschorting,2026-06-01,weeks=8;suspended=2026-06-11..2026-06-17;atw=yes,2026-08-03,,",
        "A,woo_opschorting_zienswijze,2026-06-01,"
        "weeks=4;notified=2026-06-10;view_received=2026-06-24;inclusive=no;atw=no,2026-07-12,,",
        "A,zienswijzetermijn,2026-04-16,weeks=6;first_day=next_day;law=wet;atw=yes,2026-05-28,,",
        "A,termijn,2026-05-22T16:00+02:00,n=48;unit=h,2026-05-24T16:00+02:00,,",
        "A,kennisgeving_48_uur,2026-05-22T16:00+02:00,hours=48;atw=no,2026-05-24T16:00,,",
        "A,bezwaartermijn,2023-04-14,,2023-05-26,,",
        "A,bezwaartermijn,2023-04-14,Weeks = 6 ; ATW = Ja,vr 2023-05-26,,",
        'A,dwangsom_bedrag,,days_in_default=42,"€ 1.442,00",,',
        "A,verlenging_verkeerd_kanaal,2026-06-12,received=2026-06-01;reaction=2026-06-09;law=verordening,2026-06-20,,",
        "A,ow_inwerkingtreding,2026-03-05,variant=irreversible,2026-04-03,,",
    ],
)
def test_other_rows_of_the_same_form_run_too(row: str, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(HEAD + row + "\n")
    assert [difference(case) for case in read_cases(file)] == [None]


def test_other_column_orders_empty_lines_and_foreign_bytes_stop_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.csv"
    rows = "Expected_Date,parameters,rule,remark,start_date,id\r\n,,,,,\r\n\r\n2023-05-26,weeks=6,bezwaartermijn,"
    file.write_bytes(b"\xef\xbb\xbf" + rows.encode() + b"caf\xe9 \0,2023-04-14,A\r\n")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"


def test_a_file_without_a_column_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("id,rule,start_date,expected_date\nA,bezwaartermijn,2023-04-14,2023-05-26\n")
    assert main([str(file)]) == 1
    assert "no column parameters" in capsys.readouterr().out
