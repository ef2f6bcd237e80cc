"""What people do with forms, one transaction each."""
