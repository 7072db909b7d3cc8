"""Reading: lists, records, history, and what features ask for."""
