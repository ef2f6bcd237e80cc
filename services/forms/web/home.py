"""The pages before and beside a form: what can be asked for, what it is, and how we treat people and their data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import start_draft
from services.forms.actions.following import give_opinion
from services.forms.domain.drafts import CONFIRM_DAYS, KEPT_DAYS
from services.forms.domain.identity import is_enough, ways_of
from services.forms.domain.prices import prices_of
from services.forms.domain.submissions import decide_by
from services.forms.finding import LONGEST_SEARCH, find_products, tidy_search
from services.forms.ports import Opinion
from services.forms.web.counter import at_most, counter, language, means, now, public, reading, said, today, words_for
from shared.catalogue.definitions import Product, Question, Rule, Theme
from shared.events import Words


def open_home(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/", "home", home)
    app.add_url_rule("/privacy", "privacy", privacy)
    app.add_url_rule("/<product_id>", "about", about)
    app.add_url_rule("/<product_id>", "start", start, methods=["POST"])
    app.add_url_rule("/regel/<product_id>/<subject>", "rule", rule)
    app.add_url_rule("/regel/<product_id>/<subject>", "opinion", opinion, methods=["POST"])


@public
def home() -> ResponseReturnValue:
    """What can be asked for, by theme or by what was sought."""
    products = means().products.current
    typed = request.args.get("zoek", "")[:LONGEST_SEARCH]
    sought = tidy_search(typed)
    found: list[Product] = []
    if sought:
        with reading() as connection:
            ids = find_products(connection, products=products.values(), words=sought, language=language())
        found = [products[each] for each in ids]
    shelves = ((theme, _on_shelf(theme, products=products.values())) for theme in counter().municipality.themes)
    themes = [(theme, shelf) for theme, shelf in shelves if shelf]
    return render_template("forms/home.html", typed=typed, sought=sought, found=found, themes=themes)


@public
def privacy() -> ResponseReturnValue:
    """What we do with what people tell us."""
    return render_template("forms/privacy.html", kept_days=KEPT_DAYS, confirm_days=CONFIRM_DAYS)


@public
def about(product_id: str) -> ResponseReturnValue:
    """What a product is, and whether one needs it, before the first question."""
    product = _product(product_id)
    due = decide_by(product, received=today()).safe
    prices = prices_of(product, on=today())
    pace = counter().paces.of(product.id, pool=counter().pool)
    words = words_for(product)
    ways = ways_of(product.sign_in)
    shown = {"ways": ways, "may_start": is_enough(means().who, ways=ways)}
    return render_template("forms/about.html", product=product, due=due, prices=prices, pace=pace, words=words, **shown)


@public
@at_most("60/minute")
def start(product_id: str) -> ResponseReturnValue:
    """Begin a form."""
    product = _product(product_id)
    token = start_draft(product, language=language(), means=means(), now=now())
    return redirect(f"/aanvraag/{token}/{product.steps[0].id}", code=303)


@public
def rule(product_id: str, *, subject: str) -> ResponseReturnValue:
    """A rule or question in plain words, with its source and room for an opinion."""
    return _rule_page(_subject(_product(product_id), subject))


@public
@at_most("10/minute")
def opinion(product_id: str, *, subject: str) -> ResponseReturnValue:
    """Keep an opinion on a rule."""
    found = _subject(_product(product_id), subject)
    words = request.form.get("words", "")
    verdict = _VERDICTS.get(request.form.get("verdict", ""))
    if verdict is None:
        return _rule_page(found, words=words, errors=[("verdict", said(_CHOOSE))]), 422
    give_opinion(Opinion(product=product_id, subject=found.id, verdict=verdict, words=words), means=means(), now=now())
    return _rule_page(found, thanks=True)


_VERDICTS: Mapping[str, Literal["unclear", "needless"]] = {"unclear": "unclear", "needless": "needless"}
_CHOOSE = Words(nl="Kies wat er met deze regel is", en="Choose what is the matter with this rule")


def _rule_page(
    subject: Question | Rule, *, thanks: bool = False, words: str = "", errors: Sequence[tuple[str, str]] = ()
) -> str:
    return render_template("forms/rule.html", subject=subject, thanks=thanks, words=words, errors=list(errors))


def _on_shelf(theme: Theme, *, products: Iterable[Product]) -> list[Product]:
    """The products of a theme by title, as the reader's language sorts them."""
    return sorted((each for each in products if each.theme == theme.id), key=lambda each: said(each.title).casefold())


def _product(product_id: str) -> Product:
    product = means().products.current.get(product_id)
    return product if product else abort(404)


def _subject(product: Product, subject: str) -> Question | Rule:
    subjects: list[Question | Rule] = [*product.questions, *product.rules]
    return next((one for one in subjects if one.id == subject), None) or abort(404)
