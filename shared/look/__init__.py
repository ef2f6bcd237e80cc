"""The house style of Balie: page shells, field macros, style sheet, script, fonts and the languages of the screens."""
