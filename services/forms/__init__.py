"""Forms: the counter where residents start, fill in, send and follow an application."""
