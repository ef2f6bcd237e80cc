"""Five invented years of cases, for a house as full as a city's: `make example CASES=1000000`."""
