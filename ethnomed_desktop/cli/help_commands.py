"""The pages of the help: listed, shown, searched. Needs no vault."""

from __future__ import annotations

import re
import textwrap

from ethnomed_desktop.app import help_pages
from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.i18n.current import _

WIDTH = 96


def show(session: Session, given: Given) -> Answer:
    """Show one page, the pages with some words, or the list of all."""
    name, words = given.maybe("page"), given.maybe("search")
    if name is not None:
        text = help_pages.page(session.language, name)
        title = next(one.title for one in help_pages.list_pages(session.language) if one.name == name)
        return Answer({"page": name, "title": title, "text": text}, _wrapped(help_pages.plain(text)))
    if words is not None:
        hits = help_pages.search(session.language, words)
        value = [{"page": hit.name, "title": hit.title, "line": hit.line} for hit in hits]
        lines = [f"{hit.name} – {hit.title}\n    {hit.line}" for hit in hits]
        return Answer(value, "\n".join(lines) or _("Nothing was found."))
    pages = help_pages.list_pages(session.language)
    return Answer(
        [{"page": one.name, "title": one.title} for one in pages], table([[one.name, one.title] for one in pages])
    )


def _wrapped(text: str) -> str:
    """Break long lines under their own beginnings; what is typed (indented) stays as it is."""
    lines = []
    for line in text.rstrip().splitlines():
        if line.startswith("    ") or len(line) <= WIDTH:
            lines.append(line)
            continue
        mark = re.match(r"(?:- |\d+\. )?", line)
        under = " " * (mark.end() if mark else 0)
        lines += textwrap.wrap(line, WIDTH, subsequent_indent=under, break_on_hyphens=False)
    return "\n".join(lines)
