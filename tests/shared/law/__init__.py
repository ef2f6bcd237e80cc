"""Tests of the law of terms."""
