"""People, bodies and places."""
