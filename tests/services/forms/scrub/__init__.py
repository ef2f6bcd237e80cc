"""Files of residents, good and bad, made in the tests themselves."""
