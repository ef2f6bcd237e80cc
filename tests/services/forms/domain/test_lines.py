"""Lines that differ between two texts."""

from __future__ import annotations

from services.forms.domain.lines import changed_lines


def test_what_goes_and_what_comes_is_shown_with_one_line_around_it_and_what_is_equal_shows_nothing() -> None:
    old, new = "name\nstreet\nphone: 1\ncourt\narea", "name\nstreet\nphone: 2\ncourt\narea"
    assert changed_lines(old, new) == ["@@ -2,3 +2,3 @@", " street", "-phone: 1", "+phone: 2", " court"]
    assert changed_lines(old, old) == []
