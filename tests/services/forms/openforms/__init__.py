"""Carrying over exports of Open Formulieren."""
