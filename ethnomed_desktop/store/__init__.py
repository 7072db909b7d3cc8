"""Engines, keys, the log, its projector and the tables it makes. SQLAlchemy lives here, Qt never."""
