"""The expression language of conditions, calculations and rules: CEL in which unanswered is unknown, not false."""

from shared.rules.columns import columns_read
from shared.rules.expressions import Expression, compile_expression
from shared.rules.facts import FUNCTIONS, Facts, Value, plain_value
from shared.rules.tree import MACROS, BadExpressionError

__all__ = [
    "FUNCTIONS",
    "MACROS",
    "BadExpressionError",
    "Expression",
    "Facts",
    "Value",
    "columns_read",
    "compile_expression",
    "plain_value",
]
