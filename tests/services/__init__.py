"""Tests of the services, a folder each."""
