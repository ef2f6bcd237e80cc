"""The services of the house; each owns its own data, and none imports another."""
