"""Marking words for the catalogs where they are declared; they are translated where they are shown."""


def N_(text: str) -> str:
    """Return ``text`` itself: the mark makes the extraction tool put it into the catalogs."""
    return text
