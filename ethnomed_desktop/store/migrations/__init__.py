"""Alembic versions of the tables that are not derived from the registry."""
