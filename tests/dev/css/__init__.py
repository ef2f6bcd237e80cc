"""Tests of the making of the style sheet."""
