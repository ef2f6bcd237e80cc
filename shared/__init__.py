"""What two services must do or say in exactly the same way."""
