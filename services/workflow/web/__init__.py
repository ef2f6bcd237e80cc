"""The doors for browsers and for other systems."""
