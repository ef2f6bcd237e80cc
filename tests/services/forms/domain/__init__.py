"""Tests of what the forms service knows, without anything around it."""
