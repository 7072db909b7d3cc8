"""The folder for a stick: no links (FAT has none), ``portable.txt`` beside the program, data beside it too."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer import folder as folders
from installer.frozen import self_test
from installer.linux import FILES, values
from installer.reproducible import pack_zip, settle
from installer.work import PROGRAM, Refused, Work

LONGEST_NAME = 120
FORBIDDEN = frozenset('<>:"\\|?*')


def folder_of(work: Work) -> Path:
    """Return where the portable folder is laid out."""
    return work.folder / "portable" / f"{PROGRAM}-portable"


def lay_out(work: Work) -> None:
    """Lay out the folder and let the program in it try itself out, since its links are gone."""
    folder = folder_of(work)
    folders.lay_out(work, folder, values(work), links=False)
    shutil.copy(FILES / "portable.txt", folder)
    read_me = (folder / "README.txt").read_text(encoding="utf-8")
    kept = [line for line in read_me.splitlines(keepends=True) if "add-to-menu" not in line]
    (folder / "README.txt").write_text("".join(kept), encoding="utf-8")
    wrong = unfit(folder)
    if wrong:
        raise Refused(f"These names cannot lie on a stick: {', '.join(wrong)}")
    settle(folder)
    self_test(folder / PROGRAM, work.folder / "self-test-portable.log")


def unfit(folder: Path) -> list[str]:
    """Return the files that FAT32 or exFAT cannot hold: links, forbidden letters, long or twice-used names."""
    wrong = []
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        bad = path.is_symlink() or bool(FORBIDDEN & set(path.name)) or path.name[-1] in " ."
        if bad or len(path.name) > LONGEST_NAME or name.casefold() in seen:
            wrong.append(name)
        seen.add(name.casefold())
    return wrong


def pack(work: Work) -> None:
    """Make the zip that is unpacked on the stick."""
    folder = folder_of(work)
    if (folder / "data").exists():
        raise Refused("The trial left a folder data in the portable program: nothing of the maker's may be packed.")
    target = work.out / f"{PROGRAM}-{work.version}-portable-linux-x86_64.zip"
    pack_zip(folder, target, work.epoch, quick=work.quick)
