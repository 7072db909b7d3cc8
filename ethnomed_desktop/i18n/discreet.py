"""Words for a screen that others look at: who words something with them leaves names and contacts out.

Documents are worded with plain catalogs, so paper never loses a name by what the screen hides.
"""

from __future__ import annotations

from ethnomed_desktop.i18n.catalogs import Catalog


class DiscreetCatalog(Catalog):
    """The sentences of another catalog; `hides_names` is true of it."""

    def __init__(self, words: Catalog) -> None:
        self.language = words.language
        self._words = words

    def gettext(self, message: str) -> str:
        """Return the sentence of the other catalog."""
        return self._words.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form of the other catalog."""
        return self._words.ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str) -> str:
        """Return the sentence in its context."""
        return self._words.pgettext(context, message)

    def find(self, context: str, message: str) -> str | None:
        """Return the sentence in its context, or None."""
        return self._words.find(context, message)


def hides_names(catalog: Catalog) -> bool:
    """Say whether what is worded with the catalog must not tell names, contacts and private text."""
    return isinstance(catalog, DiscreetCatalog)
