"""What nobody means well: random and hostile submissions, and requests that a description of the API allows."""
