"""Dates, money and numbers as people here write them, and addresses that follow the content of a file."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jinja2 import UndefinedError

from shared.look.look import UnknownAssetError, clock, euro, field_id, long_date, number, short_date
from tests.browser import LAYOUTS, ROOT, WIDTHS
from tests.shared.look.gallery import make_gallery


def test_dates_are_written_out_in_both_languages() -> None:
    day = date(2027, 1, 5)
    assert [long_date(day, language=language) for language in ("nl", "en")] == ["5 januari 2027", "5 January 2027"]
    assert [short_date(day, language=language) for language in ("nl", "en")] == ["5 jan 2027", "5 Jan 2027"]


def test_the_clock_is_that_of_the_netherlands_in_summer_and_winter() -> None:
    winter, summer = datetime(2026, 11, 24, 9, 42, tzinfo=UTC), datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
    assert clock(winter, language="nl") == "24 november 2026, 10.42 uur"
    assert clock(winter, language="en") == "24 November 2026, 10:42"
    assert clock(summer, language="nl") == "1 juli 2026, 0.05 uur"


def test_money_and_numbers_have_the_signs_of_the_language() -> None:
    assert [euro(Decimal("210"), language=language) for language in ("nl", "en")] == ["€\xa0210,00", "€210.00"]
    assert [number(Decimal("1234.50"), language=language) for language in ("nl", "en")] == ["1.234,5", "1,234.5"]
    assert number(-0.0, language="nl") == number(0, language="nl") == "0"


def test_the_id_of_a_control_has_no_dots() -> None:
    assert field_id("objects.0.length") == "objects-0-length"


def test_a_page_with_an_unknown_file_or_name_fails_loudly() -> None:
    app = make_gallery()
    with app.test_request_context():
        with pytest.raises(UnknownAssetError):
            app.jinja_env.from_string("{{ asset('logo.png') }}").render()
        with pytest.raises(UndefinedError):
            app.jinja_env.from_string("{{ nobody }}").render()


def test_what_a_visitor_typed_is_never_markup() -> None:
    app = make_gallery()
    page = "{% import 'look/fields.html' as f %}{{ f.text('a', 'Naam', value) }}{{ f.textarea('b', 'Tekst', value) }}"
    with app.test_request_context():
        html = app.jinja_env.from_string(page).render(value='"><script>alert(1)</script></textarea>')
    assert "<script>" not in html
    assert html.count("</textarea>") == 1


def test_a_textarea_keeps_a_first_empty_line() -> None:
    app = make_gallery()
    with app.test_request_context():
        html = app.jinja_env.from_string(
            "{% import 'look/fields.html' as f %}{{ f.textarea('b', 'Tekst', value) }}"
        ).render(value="\nTwee")
    assert ">\n\nTwee</textarea>" in html


def test_each_width_that_is_looked_at_has_a_layout_that_axe_sees() -> None:
    sheets = "".join(sheet.read_text() for sheet in (ROOT / "shared/look/build/css").glob("*.css"))
    turns = [16 * float(rem) for rem in re.findall(r"@media[^{]*width: ([\d.]+)rem", sheets)]
    assert len(turns) > 5
    looks, seen = ({tuple(width > turn for turn in turns) for width in widths} for widths in (WIDTHS, LAYOUTS))
    assert looks == seen
