"""The language of the interface, one for the whole process; documents take a `Catalog` instead."""

from __future__ import annotations

from ethnomed_desktop.i18n.catalogs import Catalog

_chosen: Catalog | None = None


def use_language(language: str) -> Catalog:
    """Make ``language`` the interface language and return its catalog; raises as `Catalog.load`.

    Windows must be told afterwards (LanguageChange); words already shown stay as they are.
    """
    global _chosen  # noqa: PLW0603 - the one process-wide choice, made here only
    _chosen = Catalog.load(language)
    return _chosen


def current() -> Catalog:
    """Return the catalog in use; Kazakh, the state language, until somebody chose."""
    return _chosen if _chosen is not None else use_language("kk")


def _(message: str) -> str:
    """Return the sentence in the interface language."""
    return current().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the sentence in the form that ``count`` takes."""
    return current().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return the sentence in a context that tells two equal English words apart."""
    return current().pgettext(context, message)
