"""Tests of the forms service."""
