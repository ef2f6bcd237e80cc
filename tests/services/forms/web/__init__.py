"""Tests of the doors of the forms service."""
