"""A questionnaire for the residents' panel: read as a form is, and counted so that nobody can be found back."""

from __future__ import annotations

from services.forms.domain.panel import EXAMPLE, count, read_questionnaire, results, to_measures
from shared.catalogue.definitions import Product

CHOICE = """
      - id: often
        kind: choice
        optional: true
        label: {nl: Hoe vaak komt u er?, en: How often do you go there?}
        why: {nl: Zo weten wij wie er komt., en: This tells us who goes there.}
        choices:
          - {value: daily, label: {nl: Elke dag, en: Every day}}
          - {value: weekly, label: {nl: Elke week, en: Every week}}
          - {value: never, label: {nl: Nooit, en: Never}}
"""


def park() -> Product:
    read = read_questionnaire(EXAMPLE + CHOICE, panel_id="panel-park")
    assert read.faults == []
    assert read.product is not None
    return read.product


def test_what_is_wrong_is_told_by_its_line_and_only_what_can_be_counted_is_asked() -> None:
    fault, *_ = read_questionnaire(EXAMPLE.replace("kind: yes_no", "kind: yesno"), panel_id="panel-park").faults
    assert fault[0] == EXAMPLE.split("\n").index("        kind: yes_no") + 1
    text = EXAMPLE.replace("kind: yes_no", "kind: long_text")
    assert "can be counted" in read_questionnaire(text, panel_id="panel-park").faults[-1][1]
    assert read_questionnaire("title: [", panel_id="panel-park").product is None
    ((line, sentence),) = read_questionnaire("title: [", panel_id="panel-park").faults
    assert (line, sentence.partition(":")[0]) == (1, "This is not YAML")
    assert read_questionnaire("", panel_id="panel-park").faults[-1] == (
        0,
        "A questionnaire has a title and at least one question.",
    )


def test_answers_are_counted_and_small_groups_stay_hidden_also_from_who_subtracts() -> None:
    product = park()
    answers = [{"mark": 6 + n % 3, "lights": n < 4, "often": "daily" if n < 12 else "weekly"} for n in range(20)]
    answers += [{"often": "never"}, {"often": "never"}]
    mark, lights, often = results(count(answers, product=product), product=product)
    assert (mark.answered, mark.mean) == (20, sum(6 + n % 3 for n in range(20)) / 20)
    assert [n for _, n in lights.options] == [None, None]  # 4 said yes, and 16 no would tell it
    assert [n for _, n in often.options] == [12, None, None]  # 2 said never: without the 8 they could be worked out
    few = results(count(answers[:4], product=product), product=product)
    assert [(one.answered, one.mean) for one in few] == [(None, None)] * 3
    told = {(one.id, one.what): one.count for one in to_measures([mark, lights, often], invited=30)}
    assert told == {
        ("", "invited"): 30,
        ("mark", "answered"): 20,
        ("mark", "sum"): sum(6 + n % 3 for n in range(20)),
        ("lights", "answered"): 20,
        ("often", "answered"): 22,
        ("often", "answer.daily"): 12,
    }
