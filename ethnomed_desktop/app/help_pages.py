"""The help of the program: short pages of text, the same ones in every language, read without a vault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ethnomed_desktop import paths
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.folding import fold

PAGES = (
    *("start", "incidents", "meetings", "people", "attachments", "search", "printing"),
    *("keys", "vault", "updates", "users", "protected", "personal-data", "exchange", "messenger", "command-line"),
)
"""Names of the pages in the order in which they are offered; a page links to another as ``name.md``."""

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_MARKS = re.compile(r"\*\*|`")
_EVERYWHERE = "en"


@dataclass(frozen=True)
class HelpPage:
    """A page's name and its heading in the language asked."""

    name: str
    title: str


@dataclass(frozen=True)
class HelpHit:
    """A page that holds the words sought, and the first line that holds one of them, without marks."""

    name: str
    title: str
    line: str


def list_pages(language: str) -> tuple[HelpPage, ...]:
    """Return all pages in their order."""
    return tuple(HelpPage(name, _title(page(language, name))) for name in PAGES)


@cache
def page(language: str, name: str) -> str:
    """Return a page as Markdown: headings, lists, bold, code, links to other pages. Reads one file.

    A language without pages of its own gets the English ones. Raises `UsageError`
    (``usage.unknown_page``) for a name that is none.
    """
    if name not in PAGES:
        raise UsageError("usage.unknown_page", value=name[:40], known=", ".join(PAGES))
    own = paths.resource("help", language, f"{name}.md")
    return (own if own.is_file() else paths.resource("help", _EVERYWHERE, f"{name}.md")).read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Return a page without its marks, as a terminal shows it; a link keeps the name of its page."""
    lines = []
    for line in text.splitlines():
        linked = LINK.sub(lambda link: f"{link[1]} ({link[2].removesuffix('.md')})", line)
        lines.append(_MARKS.sub("", re.sub(r"^#+ ", "", linked)))
    return "\n".join(lines)


def search(language: str, text: str) -> tuple[HelpHit, ...]:
    """Return the pages with words that begin like all those given, pages named so first.

    Words are folded as in the records: Kazakh letters may be left out.
    """
    wanted = fold(text).split()
    if not wanted:
        return ()
    found = []
    for one in list_pages(language):
        lines = plain(page(language, one.name)).splitlines()
        if all(_holds(" ".join(lines), word) for word in wanted):
            line = next(line for line in lines if any(_holds(line, word) for word in wanted))
            found.append(HelpHit(one.name, one.title, line.strip()))
    return tuple(sorted(found, key=lambda hit: not all(_holds(hit.title, word) for word in wanted)))


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", fold(text)) is not None
