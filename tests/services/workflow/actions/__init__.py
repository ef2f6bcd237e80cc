"""Tests of the verbs, with fakes of the ports."""
