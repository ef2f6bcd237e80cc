"""What a message and a letter are, in plain Python."""
