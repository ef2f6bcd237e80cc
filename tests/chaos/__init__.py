"""A storm over the running house, and the count afterwards: nothing lost, nothing twice."""
