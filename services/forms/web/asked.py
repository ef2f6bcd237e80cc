"""What the municipality asks after sending, as the status page and the page of each question show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.forms.domain.asked_again import question_for
from services.forms.domain.cases import CaseView, OpenRequest
from services.forms.web.counter import said
from shared.catalogue.definitions import Product
from shared.events import Words
from shared.values import A_FILE, OWN_WORDS

_BESIDES: Mapping[str, Words] = {
    OWN_WORDS: Words(nl="Uw antwoord op onze vraag", en="Your answer to our question"),
    A_FILE: Words(nl="Een bestand", en="A file"),
}


def first_open(view: CaseView, *, product: Product, token: str) -> Mapping[str, Any] | None:
    """What is asked first of what is still open: what was answered of it, and the way to the rest.

    `in_words`: it asks for own words and nothing else, which are typed on the spot.
    """
    if not view.open_requests:
        return None
    request = view.open_requests[0]
    return {
        **vars(request),
        "in_words": tuple(request.asks) == (OWN_WORDS,),
        "parts": _parts(request, product=product, token=token),
        "next": way_to(request, token=token, asked=request.left[0]),
    }


def way_to(request: OpenRequest, *, token: str, asked: str) -> str:
    """The address of the page on which this is answered."""
    return f"/status/{token}/vraag/{request.request_id}/{asked}"


def label_of(asked: str, *, product: Product) -> str:
    """What is asked, in the reader's language."""
    return said(_BESIDES.get(asked) or question_for(asked, product=product).label)


def _parts(request: OpenRequest, *, product: Product, token: str) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "text": label_of(asked, product=product),
            "done": given is not None,
            "note": given.text if given else "",
            "href": "" if given else way_to(request, token=token, asked=asked),
        }
        for asked, given in request.asks.items()
    ]
