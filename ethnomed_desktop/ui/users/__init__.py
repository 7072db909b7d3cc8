"""The section Users: who may come in, in which role, and what roles may do."""
