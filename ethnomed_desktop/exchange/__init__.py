"""The exported file; no database, no Qt."""
