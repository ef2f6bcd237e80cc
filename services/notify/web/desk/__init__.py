"""The pages of staff: which messages were sent, how far they got, and what one can do."""
