"""The catalogs: sentences by their English id, in Kazakh, Russian and English."""

from __future__ import annotations

from functools import cache

from ethnomed_desktop import paths
from ethnomed_desktop.i18n.compiled import CompiledSentences
from ethnomed_desktop.i18n.languages import languages

LANGUAGES = languages()
"""Languages of interface and documents, in the order they are offered."""

_CONTEXT_MARK = "\x04"


class Catalog:
    """The sentences of one language. Never changed after loading, so threads may share it."""

    def __init__(self, language: str, sentences: CompiledSentences) -> None:
        self.language = language
        self._sentences = sentences

    @classmethod
    def load(cls, language: str) -> Catalog:
        """Return the catalog of ``language``, read once.

        Raises `ValueError` for a language we do not have and `FileNotFoundError` when the catalogs
        were not compiled (``make catalogs``) or the installation is incomplete.
        """
        return _load(language)

    def gettext(self, message: str) -> str:
        """Return the sentence; the id itself when the catalog lacks it. Empty stays empty."""
        found = self._sentences.text(message) if message else ""
        return message if found is None else found

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form that ``count`` takes; the number itself is filled in by the caller."""
        found = self._sentences.plural_text(singular, count)
        if found is not None:
            return found
        return singular if count == 1 else plural

    def pgettext(self, context: str, message: str) -> str:
        """Return the sentence in a context that tells two equal English words apart."""
        found = self.find(context, message) if message else ""
        return message if found is None else found

    def find(self, context: str, message: str) -> str | None:
        """Return the sentence in ``context``, or ``None`` when the catalog has none (for overlays)."""
        return self._sentences.text(f"{context}{_CONTEXT_MARK}{message}") if message else None


@cache
def _load(language: str) -> Catalog:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language[:20]}")
    path = paths.catalog_file(language)
    try:
        return Catalog(language, CompiledSentences(path.read_bytes()))
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{path} is missing: the catalogs must be compiled (make catalogs)") from error
