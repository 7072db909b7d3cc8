"""Ethnomed Desktop: the register of the ethnomediation councils of Kazakhstan."""

__version__ = "0.1.0"
