#!/usr/bin/env python3
"""Keep the catalogs: ``catalogs.py extract [ROOM…] | compile | stale | check``.

Translators' files stand per language and room: translations/<language>/<room>.po. ``extract`` brings
them up to date with the source: keeps what is translated, takes over what another room has already
translated, fills English with the ids and drops what the source no longer says. ``compile`` joins the
rooms of a language into ethnomed_desktop.mo, ``stale`` does so where a file changed. ``check``
reports what is missing or broken.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ethnomed_desktop"
TRANSLATIONS = ROOT / "translations"
LANGUAGES = tuple(sorted(path.parent.name for path in TRANSLATIONS.glob("*/conventions.toml")))
ROOMS = {
    "domain": ("domain",),
    "app": ("app", "store", "exchange", "i18n", "drawing", "*.py"),
    "cli": ("cli",),
    "ui": ("ui",),
    "documents": ("documents",),
}
Key = tuple[str | None, str]


def key_of(message: Message) -> Key:
    """Return context and (singular) id of a message."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def sources(room: str) -> list[Path]:
    """Return the source files whose words belong to a room."""
    found: list[Path] = []
    for part in ROOMS[room]:
        found += PACKAGE.glob(part) if "*" in part else (PACKAGE / part).rglob("*.py")
    return sorted(found)


def extracted(room: str) -> Catalog:
    """Return everything the source of a room marks for translation."""
    catalog = Catalog(fuzzy=False)
    for path in sources(room):
        place = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in extract_from_file(
            "python", path, keywords=DEFAULT_KEYWORDS, comment_tags=("TRANSLATORS:",), strip_comment_tags=True
        ):
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def po_path(language: str, room: str) -> Path:
    """Return the translators' file of a room."""
    return TRANSLATIONS / language / f"{room}.po"


def read(language: str, room: str) -> Catalog:
    """Read a translators' file; empty when there is none yet."""
    path = po_path(language, room)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (message for message in catalog if message.id)


def is_translated(message: Message) -> bool:
    """Say whether all forms are there."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms) and not message.fuzzy


def updated(language: str, room: str, memory: dict[tuple[Key, bool], Message]) -> Catalog:
    """Return the translators' file as it should be; ``memory`` holds what other rooms translated."""
    old = {(key_of(message), message.pluralizable): message for message in messages(read(language, room))}
    new = Catalog(locale=language, fuzzy=False)
    for message in messages(extracted(room)):
        key = (key_of(message), message.pluralizable)
        known = old.get(key)
        if known is None or not is_translated(known):
            known = memory.get(key, known)
        string = known.string if known else None
        if language == "en":
            string = message.id
        new.add(
            message.id,
            string,
            sorted({(place, None) for place, _ in message.locations}),
            flags=set(known.flags) & {"fuzzy"} if known else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return new


def plural_forms(language: str) -> str:
    """Return the rule that chooses a plural form, as the language's conventions state it."""
    table = tomllib.loads((TRANSLATIONS / language / "conventions.toml").read_text(encoding="utf-8"))
    return str(table["plural"])


def po_text(catalog: Catalog, language: str, room: str) -> str:
    """Return the file's text: a header without dates, so that nothing changes without a reason."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True, include_lineno=False, sort_by_file=False)
    header = (
        f"# Ethnomed Desktop, words of the room {room}. Made by .ci/catalogs.py extract.\n"
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: ethnomed-desktop\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural_forms(language)}\\n"\n'
    )
    body = buffer.getvalue().decode().strip("\n")
    return f"{header}\n{body}\n" if body else header


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old one or the new one, and only when it differs."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def translated_elsewhere(language: str, room: str) -> dict[tuple[Key, bool], Message]:
    """Return what the other rooms have translated."""
    found: dict[tuple[Key, bool], Message] = {}
    for other in ROOMS:
        for message in messages(read(language, other)) if other != room else ():
            if is_translated(message):
                found[key_of(message), message.pluralizable] = message
    return found


def extract(rooms: list[str]) -> None:
    """Bring the translators' files of the rooms up to date."""
    for language in LANGUAGES:
        for room in rooms:
            new = updated(language, room, translated_elsewhere(language, room))
            gone = len({key_of(m) for m in messages(read(language, room))} - {key_of(m) for m in messages(new)})
            write_whole(po_path(language, room), po_text(new, language, room).encode())
            missing = sum(not is_translated(message) for message in messages(new))
            print(f"{language}/{room}.po: {len(new)} messages, {missing} to translate, {gone} dropped")


def compile_language(language: str) -> None:
    """Join the rooms of a language into the file that the program reads."""
    whole = Catalog(locale=language, fuzzy=False, charset="utf-8")
    for room in ROOMS:
        for message in messages(read(language, room)):
            if is_translated(message):
                whole.add(message.id, message.string, context=message.context)
    whole.creation_date = whole.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = BytesIO()
    write_mo(buffer, whole)
    write_whole(TRANSLATIONS / language / "ethnomed_desktop.mo", buffer.getvalue())


def compile_all() -> None:
    """Join the rooms of all languages."""
    for language in LANGUAGES:
        compile_language(language)


def compile_stale() -> None:
    """Join the rooms of the languages whose files changed since the last time."""
    for language in LANGUAGES:
        made = TRANSLATIONS / language / "ethnomed_desktop.mo"
        made_at = made.stat().st_mtime_ns if made.exists() else 0
        files = [path for room in ROOMS if (path := po_path(language, room)).exists()]
        if any(path.stat().st_mtime_ns > made_at for path in files) or not made.exists():
            compile_language(language)
            if made.exists():
                os.utime(made)


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    match arguments:
        case ["extract", *rooms] if set(rooms) <= set(ROOMS):
            extract(rooms or list(ROOMS))
        case ["compile"]:
            compile_all()
        case ["stale"]:
            compile_stale()
        case ["check"]:
            import catalog_rules

            found = catalog_rules.problems(sys.modules[__name__])
            print("\n".join(found) or "catalogs: nothing to report")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
