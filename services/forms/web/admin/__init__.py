"""The pages of the functional administrator, under /beheer."""
