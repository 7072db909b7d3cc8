"""Incidents of tension and signs of peace."""
