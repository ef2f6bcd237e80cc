"""The doors of notify for people."""
