"""Whether a form may only be sent from an e-mail address that its owner confirmed."""

from __future__ import annotations

from services.forms.domain.pages import Form


def address_to_confirm(form: Form) -> str | None:
    """The address that must be confirmed first; None when the product does not ask it, or staff fills the form in."""
    product = form.product
    if product.sign_in.confirm_email is None or form.draft.intake:
        return None
    answer: str | None = form.progress.evaluation.answers.get(product.roles.email)
    return answer
