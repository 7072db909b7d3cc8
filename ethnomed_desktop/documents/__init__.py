"""Frozen data in, printed pages out; no database, no Qt."""
