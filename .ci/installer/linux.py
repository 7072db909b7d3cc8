"""What a Linux desktop needs beside the program, and two packages: tar.xz for anybody, .deb for administrators."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from installer import folder as folders
from installer.prune import RECOMMENDED, size, system_packages
from installer.reproducible import pack_tar, settle, write_manifest
from installer.work import APP_ID, PROGRAM, Work, call, emptied, filled, needed

HERE = Path(__file__).resolve().parent
FILES = HERE / "linux"
MAINTAINER = "Ethnomed Desktop maintainers <maintainers@ethnomed.invalid>"
EXTRA_PACKAGES = ("fontconfig-config",)
"""Opened by name, not linked against."""

PLACES = {
    f"{APP_ID}.desktop": "applications",
    f"{APP_ID}.metainfo.xml": "metainfo",
    f"{APP_ID}.xml": "mime/packages",
    f"{PROGRAM}.1": "man/man1",
}
"""Where each file goes below ``/usr/share``."""


def values(work: Work) -> dict[str, str]:
    """Return what the files say about this version."""
    return {"VERSION": work.version, "DATE": datetime.fromtimestamp(work.epoch, UTC).strftime("%Y-%m-%d")}


def lay_out_menu(work: Work) -> None:
    """Fill and place menu entry, metadata, file types and manual page, and draw the icons."""
    share = emptied(work.menu)
    for name, place in PLACES.items():
        text = filled((FILES / name).read_text(encoding="utf-8"), values(work))
        (share / place).mkdir(parents=True, exist_ok=True)
        (share / place / name).write_text(text, encoding="utf-8")
    icon = work.source / "resources" / "icons" / f"{APP_ID}.svg"
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copy(icon, scalable)
    drawn = emptied(work.folder / "icons")
    words = [work.python, HERE / "draw_icons.py", icon, drawn]
    call(words, work.folder / "icons.log", {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"})
    for picture in drawn.glob("*.png"):
        apps = share / "icons" / "hicolor" / picture.stem / "apps"
        apps.mkdir(parents=True)
        shutil.copy(picture, apps / f"{APP_ID}.png")


def copy_program(work: Work, target: Path) -> None:
    """Copy the frozen program into a new folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(work.frozen, target, symlinks=True)


def pack_archive(work: Work) -> None:
    """Make the tar.xz: program, licences, menu files and the script that puts them into a person's menu."""
    folder = work.folder / "tar" / PROGRAM
    folders.lay_out(work, folder, values(work), links=True)
    shutil.copytree(work.menu, folder / "share")
    shutil.copy(FILES / "add-to-menu", folder)
    (folder / "add-to-menu").chmod(0o755)
    settle(folder)
    pack_tar(folder, work.out / f"{PROGRAM}-{work.version}-linux-x86_64.tar.xz", work.epoch, quick=work.quick)


def control(work: Work, depends: list[str], kilobytes: int) -> str:
    """Return the package's control file."""
    return (
        f"Package: {PROGRAM}\nVersion: {work.version}-1\nArchitecture: amd64\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\nDepends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(sorted(RECOMMENDED))}\nSection: misc\nPriority: optional\n"
        "Description: encrypted, offline register for mediation councils\n"
        " The register of the ethnomediation councils of Kazakhstan: incidents, meetings\n"
        " about them and their minutes, in Kazakh, Russian and English, on a laptop\n"
        " without a network. Everything lies encrypted on the computer.\n"
        " .\n"
        " The package brings its own Python and Qt. Removing it leaves the data where\n"
        " they are, in the home folders of those who work with it.\n"
    )


def depends_of(work: Work) -> list[str]:
    """Return the packages that the frozen program needs from the system, with the oldest C library."""
    packages = {*system_packages(work), *EXTRA_PACKAGES} - RECOMMENDED - {"libc6"}
    return ["libc6 (>= 2.36)", *sorted(packages)]


def pack_deb(work: Work) -> None:
    """Make the Debian package from the same frozen program."""
    root = emptied(work.folder / "deb")
    copy_program(work, root / "usr" / "lib" / PROGRAM)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    shutil.copytree(work.menu, root / "usr" / "share")
    page = root / "usr" / "share" / "man" / "man1" / f"{PROGRAM}.1"
    _squeeze(page.read_bytes(), page.with_suffix(".1.gz"))
    page.unlink()
    papers = root / "usr" / "share" / "doc" / PROGRAM
    papers.mkdir(parents=True)
    shutil.copytree(work.licences, papers / "licences")
    shutil.copy(FILES / "copyright", papers)
    moment = format_datetime(datetime.fromtimestamp(work.epoch, UTC))
    note = f"{PROGRAM} ({work.version}-1) unstable; urgency=medium\n\n  * Made from commit {work.commit}.\n\n"
    _squeeze(f"{note} -- {MAINTAINER}  {moment}\n".encode(), papers / "changelog.Debian.gz")
    overrides = root / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copy(FILES / "lintian-overrides", overrides / PROGRAM)
    write_manifest(root / "usr" / "lib" / PROGRAM, work)
    settle(root)
    (root / "DEBIAN").mkdir()
    text = control(work, depends_of(work), -(-size(root) // 1024))
    (root / "DEBIAN" / "control").write_text(text, encoding="utf-8")
    before = root / "DEBIAN" / "preinst"
    known = {**values(work), "KILOBYTES": str(-(-size(root) // 1024))}
    before.write_text(filled((FILES / "preinst").read_text(encoding="utf-8"), known), encoding="utf-8")
    settle(root / "DEBIAN")  # whatever mask of rights the maker has
    before.chmod(0o755)
    target = work.out / f"{PROGRAM}_{work.version}-1_amd64.deb"
    strength = "-z0" if work.quick else "-z6"
    call(
        [needed("dpkg-deb", "dpkg"), "--root-owner-group", "-Zxz", strength, "--build", root, target],
        work.folder / "deb.log",
        {"SOURCE_DATE_EPOCH": str(work.epoch)},
    )


def _squeeze(data: bytes, target: Path) -> None:
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)
