"""The case, its clock and its decision: plain rules, no framework."""
