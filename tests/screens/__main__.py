"""Pictures of every page of the window: ``python -m tests.screens FOLDER [--languages kk,ru] [--sizes 200] …``.

Walks through a practice council without a display in every language, text size and theme, saves each
page, joins them into contact sheets and names what is wrong: words that are cut, neighbours that
overlap, empty boxes instead of letters, words left in English, pages that scroll sideways, faint words.
Exit code 1 when something is wrong. Without options everything is walked (27 walks).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.ui.application import make_application
from ethnomed_desktop.ui.kit.palettes import THEMES

from .exchange import exchange
from .faults import faults_of_palettes
from .house import door_again, home, notes, other_sections, settings, users, window, wizard
from .meetings import meetings
from .records import incidents, people
from .sheets import contact_sheets
from .walk import Walk

SIZES = ("100", "150", "200")


def walk_through(walk: Walk) -> None:
    """Go through all pages."""
    wizard(walk)
    walk.shoot("home")
    for section in (
        incidents,
        people,
        meetings,
        exchange,
        home,
        window,
        notes,
        users,
        other_sections,
        settings,
        door_again,
    ):
        section(walk)


def main() -> int:
    """Walk as asked; returns 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, all_of_it in (("languages", LANGUAGES), ("sizes", SIZES), ("themes", tuple(THEMES))):
        parser.add_argument(f"--{name}", default=",".join(all_of_it), help=f"of {', '.join(all_of_it)}")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    app = make_application([], language="kk", text_size=100, theme="light")
    app.setQuitOnLastWindowClosed(False)
    faults = list(faults_of_palettes())
    for theme in given.themes.split(","):
        for size in (int(one) for one in given.sizes.split(",")):
            for language in given.languages.split(","):
                walk = Walk(app, language, size, theme, given.folder)
                walk_through(walk)
                walk.close()
                contact_sheets(walk.pictures, given.folder, walk.mark)
                sys.stdout.write("\n".join([*walk.faults, f"{walk.mark}: {len(walk.pictures)} pages"]) + "\n")
                sys.stdout.flush()
                faults += walk.faults
    sys.stdout.write(f"faults: {len(faults)}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
