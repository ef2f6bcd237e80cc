"""Tests of what people do with forms, over fakes."""
