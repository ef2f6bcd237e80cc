"""Makes the style sheet of the house from NL Design System sources and our own; nothing here runs in production."""
