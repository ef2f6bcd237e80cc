"""Tests of the pages of the functional administrator."""
