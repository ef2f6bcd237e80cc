"""Whole journeys through the running house in a real browser."""
