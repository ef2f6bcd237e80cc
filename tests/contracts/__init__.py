"""Golden samples: what every event looks like on the wire."""
