"""The command line from its words to its exit code; needs no display and imports no Qt."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO

from ethnomed_desktop import __version__
from ethnomed_desktop.cli import help_text
from ethnomed_desktop.cli.arguments import Call, Option, read_call
from ethnomed_desktop.cli.commands import COMMANDS
from ethnomed_desktop.cli.console import Console, refusal, said_of
from ethnomed_desktop.cli.session import Answer, OpenWindow, Session, Surroundings, Trial, parse_now
from ethnomed_desktop.domain.errors import EthnomedError, StorageError, UsageError
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.i18n.current import _, use_language

if TYPE_CHECKING:
    from pathlib import Path

    from ethnomed_desktop.store.kdf import KdfParameters

INTERRUPTED = 130
OWN_FAULT = 5

SHARED = (
    Option("data-dir", N_("Folder with the council's data, instead of the person's own"), "DIR"),
    Option("lang", N_("Language of messages and labels"), "L", choices=LANGUAGES),
    Option("json", N_("One JSON document on standard output instead of text")),
    Option("quiet", N_("No notes and no progress on standard error")),
    Option("passphrase-file", N_("File whose first line is the password; - is standard input"), "FILE"),
    Option("user", N_("Name of the user whose password it is"), "LABEL"),
    Option("now", N_("Practice only: the moment that counts as now, like 2026-11-21T10:00+05:00"), "MOMENT"),
    Option("open", N_("Without a command: show in the window what an exchange file holds"), "FILE"),
    Option("version", N_("Print the version")),
    Option("self-test", N_("Try the program out in a temporary folder: window, records, minutes")),
    Option("help", N_("Print this help; after a command, the help of that command")),
)


def main(
    argv: Sequence[str],
    *,
    stdin: BinaryIO,
    stdout: TextIO,
    stderr: TextIO,
    environment: Mapping[str, str],
    params: KdfParameters | None = None,
    window: OpenWindow | None = None,
    trial: Trial | None = None,
) -> int:
    """Run one call and return its exit code; never raises but for a broken pipe.

    ``params`` replaces the measured cost of new passwords and lets ``--now`` work outside practice:
    both for tests. ``window`` opens the window, ``trial`` tries it out: given by those who may import it.
    """
    language = _language(argv, environment)
    use_language(language)
    console = Console(stdout, stderr, as_json="--json" in argv, quiet="--quiet" in argv)
    call: Call | None = None
    try:
        call = read_call(argv, COMMANDS, SHARED)
        session = _session(call, console, language, Surroundings(stdin, environment, params, window, trial))
        code = _run(call, session)
        stdout.flush()
        return code
    except EthnomedError as error:
        return _refuse(error, console, call)
    except KeyboardInterrupt:
        console.insist(_("Stopped. The unfinished step changed nothing."))
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refuse(_of_the_disk(error) or _own_fault(error, _logs(call)), console, call)
    except Exception as error:
        return _refuse(_own_fault(error, _logs(call)), console, call)


def _session(call: Call, console: Console, language: str, surroundings: Surroundings) -> Session:
    from pathlib import Path

    folder = call.shared.maybe("data-dir")
    return Session(
        console,
        surroundings,
        language,
        data_dir=Path(folder) if folder else None,
        user=call.shared.maybe("user"),
        passphrase_file=call.shared.maybe("passphrase-file"),
        now=parse_now(call.shared.maybe("now")),
        asked_language=call.shared.maybe("lang") or "",
    )


def _run(call: Call, session: Session) -> int:
    if call.shared.switch("help"):
        text = _help(call)
        session.console.text(text)
        return 0
    if call.shared.switch("version"):
        session.console.answer(
            {"name": help_text.PROGRAM, "version": __version__}, f"Ethnomed Desktop {__version__}"
        )
        return 0
    if call.shared.switch("self-test"):
        from ethnomed_desktop.cli import self_test

        return _give(self_test.run(session), session)
    window = session.surroundings.window
    if not call.path and window is not None:
        return _open_window(window, call, session)
    if call.command is None:
        session.console.insist(help_text.overview(COMMANDS, SHARED, call.path))
        raise UsageError("usage.missing_argument", missing=_("COMMAND"))
    try:
        answer = call.command.run(session, call.given)
    finally:
        session.close()
    return _give(answer, session)


def _give(answer: Answer, session: Session) -> int:
    if answer.value is not None or answer.text:
        session.console.answer(answer.value, answer.text)
    return answer.exit_code


def _open_window(window: OpenWindow, call: Call, session: Session) -> int:
    if session.now is not None:
        raise UsageError("usage.practice_only")
    if not session.has_display:
        session.console.insist(help_text.overview(COMMANDS, SHARED))
        raise UsageError("usage.no_window")
    return window(session.data_dir, call.shared.maybe("lang") or "", None)


def _help(call: Call) -> str:
    if call.command is not None:
        return help_text.command_help(call.command, SHARED)
    return help_text.overview(COMMANDS, SHARED, call.path)


def _refuse(error: EthnomedError, console: Console, call: Call | None) -> int:
    from ethnomed_desktop.i18n.current import current

    _note(error, call)

    if console.as_json:
        console.answer(refusal(error, current()), "")
    else:
        line, message = error.facts.get("line"), said_of(error, current())
        console.insist(_("Line {line}: {message}").format(line=line, message=message) if line else message)
        if isinstance(error, UsageError) and call is not None and call.command is not None:
            console.note(help_text.usage(call.command))
    return error.exit_code


def _note(error: EthnomedError, call: Call | None) -> None:
    """Note the refusal in the log of the data it is about."""
    from pathlib import Path

    from ethnomed_desktop.app.refusal_notes import logs_for, note_refusal

    folder = call.shared.maybe("data-dir") if call is not None else None
    at = (
        "call"
        if call is None
        else ".".join(call.path) or ("self-test" if call.shared.switch("self-test") else "window")
    )
    note_refusal(error, at, logs_for(Path(folder) if folder else None))


def _of_the_disk(error: OSError) -> EthnomedError | None:
    """Return the refusal of a full or closed place that the answer was written to; others are our fault."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageError("storage.full")
    return StorageError("storage.failed") if error.errno == errno.EIO else None


def _own_fault(error: Exception, logs: Path | None) -> EthnomedError:
    from ethnomed_desktop.app.crash_notes import record_crash

    fault = EthnomedError("internal", reference=record_crash(error, logs))
    fault.exit_code = OWN_FAULT
    return fault


def _logs(call: Call | None) -> Path | None:
    from pathlib import Path

    from ethnomed_desktop import paths

    folder = call.shared.maybe("data-dir") if call is not None else None
    return paths.places(data=Path(folder)).logs / "crashes" if folder else None


def _language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for, before the words are read: refusals of them speak it too."""
    for place, word in enumerate(argv):
        asked = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(argv):
            asked = argv[place + 1]
        if asked in LANGUAGES:
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]
