"""Unlocking a vault and making a new council."""
