"""The catalogue: reading, checking, evaluating, and the texts themselves."""
