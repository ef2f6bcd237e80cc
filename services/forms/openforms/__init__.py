"""Carries a form over from an export of Open Formulieren: what can be carried becomes our text, the rest is named.

`open_export` reads the zip with distrust, `carry_over` makes the texts of a product of it. JsonLogic becomes CEL in
`jsonlogic`; the components of Form.io become questions in `components`.
"""

from services.forms.openforms.archive import Export, open_export
from services.forms.openforms.carrying import Carried, carry_over
from services.forms.openforms.leftovers import Leftover

__all__ = ["Carried", "Export", "Leftover", "carry_over", "open_export"]
