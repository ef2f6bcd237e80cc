"""The products of the municipality, one folder each, and the reader that checks them."""
