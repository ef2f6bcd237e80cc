"""Draws a form: its steps and questions, what decides which of them count, and the rules that read the answers.

`sketch` finds what belongs in the picture, `arrange` gives everything its place, `draw` writes the picture as SVG.
"""

from services.forms.picture.arranging import arrange
from services.forms.picture.drawing import draw
from services.forms.picture.sketching import Box, Link, Sketch, sketch

__all__ = ["Box", "Link", "Sketch", "arrange", "draw", "sketch"]
