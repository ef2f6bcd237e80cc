"""Notify: tells applicants what happens with their case, and sends the decision as a letter."""
