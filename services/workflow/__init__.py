"""The workflow service: staff see what matters next, keep every legal term in sight, and decide."""
