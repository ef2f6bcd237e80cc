"""The launcher and the tools of one machine."""
