#!/usr/bin/env python3
"""Make packages that install on a bare computer without a network.

Each package is made from the commit that is checked out, in stages that can be run and looked at
alone (``--stage NAME``); everything lies in ``OUT/work`` until the next build. Two builds of one
commit on one computer give the same bytes. See `.ci/installer` for what each stage does.
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / ".ci"))

from installer import frozen, licences, linux, portable, prune, reproducible, windows  # noqa: E402
from installer.work import Refused, Stage, Work, begin, is_changed  # noqa: E402

FREE_BYTES = 2_000_000_000
FROZEN = (
    Stage("source", "lay out the files of the commit", frozen.export_source),
    Stage("environment", "install the wheels of the lock file, by hash", frozen.make_environment),
    Stage("catalogs", "check and compile the words of three languages", frozen.compile_words),
    Stage("freeze", "freeze the program into one folder", frozen.freeze),
    Stage("prune", "take away what nobody calls", prune.prune),
    Stage("self-test", "let the frozen program try itself out", frozen.try_frozen),
    Stage("licences", "collect the licence of everything that is packed", licences.collect),
)
MENU = Stage("menu", "menu entry, icons, file types, metadata, manual page", linux.lay_out_menu)
SUMS = Stage("sums", "write the SHA-256 of the finished packages", reproducible.write_sums)
TARGETS: dict[str, tuple[Stage, ...]] = {
    "linux-tar": (*FROZEN, MENU, Stage("tar", "pack the tar.xz", linux.pack_archive), SUMS),
    "linux-deb": (*FROZEN, MENU, Stage("deb", "pack the Debian package", linux.pack_deb), SUMS),
    "portable": (
        *FROZEN,
        Stage("portable", "lay out the folder for a stick and try it out", portable.lay_out),
        Stage("zip", "pack the portable folder", portable.pack),
        SUMS,
    ),
    "windows": (
        *FROZEN[:3],
        Stage("wheels", "fetch the wheels for Windows, by hash", windows.fetch_wheels),
        Stage("payload", "lay out what is installed and look for missing libraries", windows.lay_out),
        Stage("setup", "compile the installer", windows.compile_setup),
        SUMS,
    ),
}


def plan(targets: Sequence[str]) -> list[Stage]:
    """Return the stages of all targets in their order, each once, the sums last."""
    stages: dict[str, Stage] = {}
    for target in targets:
        stages |= {stage.name: stage for stage in TARGETS[target] if stage is not SUMS}
    return [*stages.values(), SUMS]


def main(argv: Sequence[str] | None = None) -> int:
    """Make what is asked for; returns the exit code: 0 done, 1 refused with a sentence, 2 wrong use."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "--target", action="append", choices=list(TARGETS), help="may be repeated; linux-tar when left out"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the stages and do nothing")
    parser.add_argument("--stage", help="run only this stage, on what the earlier ones left")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the packages (dist)")
    parser.add_argument("--python-zip", type=Path, help="Windows: Python's embeddable package, a file on this disk")
    parser.add_argument("--python-sha256", default="", help="Windows: the SHA-256 that this file must have")
    parser.add_argument("--quick", action="store_true", help="compress weakly: for trials, never for people")
    parser.add_argument("--commit", default="HEAD", help="the commit to make packages from (the one checked out)")
    parser.add_argument(
        "--as-version", default="", help="another version than the commit's: for trials of upgrades"
    )
    given = parser.parse_args(argv)
    targets = given.target or ["linux-tar"]
    stages = [stage for stage in plan(targets) if given.stage in {None, stage.name}]
    if not stages:
        names = ", ".join(stage.name for stage in plan(targets))
        parser.error(f"no stage {given.stage}; stages: {names}")
    if given.dry_run:
        for number, stage in enumerate(stages, start=1):
            print(f"{number}. {stage.name}: {stage.says}")
        return 0
    try:
        site = begin(ROOT, given.out, given.commit, given.as_version)
        wanted = {"python_zip": given.python_zip, "python_sha256": given.python_sha256, "quick": given.quick}
        build(replace(site, **wanted), stages)
    except Refused as refusal:
        print(f"Not made. {refusal}", file=sys.stderr)
        return 1
    return 0


def build(work: Work, stages: Sequence[Stage]) -> None:
    """Run the stages in their order; raises `Refused` at the first that cannot be done."""
    work.folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(work.folder).free < FREE_BYTES:
        raise Refused(f"There is too little room in {work.out}: 2 GB are needed.")
    print(f"Ethnomed Desktop {work.version}, commit {work.commit[:12]}", flush=True)
    if is_changed(work):
        print("Note: the tree holds changes that are not committed; they are not packed.", flush=True)
    for number, stage in enumerate(stages, start=1):
        print(f"{number}/{len(stages)} {stage.name}: {stage.says} …", end=" ", flush=True)
        began = time.monotonic()
        stage.run(work)
        print(f"{time.monotonic() - began:.1f} s", flush=True)
    sizes = work.folder / "sizes.txt"
    if any(stage.name == "prune" for stage in stages):
        print(f"What takes the room:\n{sizes.read_text(encoding='utf-8')}", end="", flush=True)
    for path in sorted(work.out.iterdir()):
        if path.is_file():
            print(f"{path.stat().st_size / 1e6:9.2f} MB  {path.name}")


if __name__ == "__main__":
    sys.exit(main())
