"""Many commands over one unlocking: NDJSON in, one JSON answer per line out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ethnomed_desktop.cli.arguments import Command, Given, read_call, read_named
from ethnomed_desktop.cli.console import refusal
from ethnomed_desktop.cli.input_files import decoded, parse_json, require_object
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import EthnomedError, UsageError, UserError

MOST_LINE_BYTES = 64 * 1024 * 1024
_OWN_FAULT = 5


def run(session: Session, commands: Sequence[Command]) -> Answer:
    """Run the commands of standard input one after the other; a refused one does not stop the rest.

    The exit code is 0 when all were done, 1 when any was refused, 5 when any met a fault of ours.
    """
    session.council()
    session.in_batch = True
    usable = [command for command in commands if command.in_batch]
    worst = 0
    stdin = session.surroundings.stdin
    number = 0
    while line := stdin.readline(MOST_LINE_BYTES + 1):
        number += 1
        if len(line) > MOST_LINE_BYTES:
            session.console.line({"line": number, "ok": False, "exit": 1, **_too_large(session)})
            return Answer(None, "", 1)
        if not line.strip():
            continue
        said = _answered(session, line, usable)
        session.console.line({"line": number, **said})
        worst = max(worst, _OWN_FAULT if said["exit"] == _OWN_FAULT else int(said["exit"] != 0))
    return Answer(None, "", worst)


def _too_large(session: Session) -> dict[str, Any]:
    return refusal(UserError("input.too_large", limit_bytes=MOST_LINE_BYTES), session.catalog)


def _answered(session: Session, line: bytes, commands: Sequence[Command]) -> dict[str, Any]:
    try:
        command, given = _read(line, commands)
        answer = command.run(session, given)
    except EthnomedError as error:
        _note(session, error)
        return {"ok": False, "exit": error.exit_code, **refusal(error, session.catalog)}
    except Exception as error:
        from ethnomed_desktop.app.crash_notes import record_crash

        logs = session.data_dir / "logs" / "crashes" if session.data_dir else None
        fault = EthnomedError("internal", reference=record_crash(error, logs))
        return {"ok": False, "exit": _OWN_FAULT, **refusal(fault, session.catalog)}
    return {"ok": answer.exit_code == 0, "exit": answer.exit_code, "result": answer.value}


def _note(session: Session, error: EthnomedError) -> None:
    """Note what was refused in the log of the data folder."""
    from ethnomed_desktop.app.refusal_notes import logs_for, note_refusal

    note_refusal(error, "batch", logs_for(session.data_dir))


def _read(line: bytes, commands: Sequence[Command]) -> tuple[Command, Given]:
    asked = require_object(parse_json(decoded(line)))
    argv = asked.get("argv")
    if isinstance(argv, list) and all(isinstance(word, str) for word in argv) and set(asked) == {"argv"}:
        call = read_call(argv, commands, ())
        if call.command is None:
            raise UsageError("usage.unknown_command", value=" ".join(call.path)[:60])
        return call.command, call.given
    name, args = asked.get("command"), asked.get("args", {})
    if not isinstance(name, str) or not isinstance(args, dict) or not set(asked) <= {"command", "args"}:
        raise UserError("input.wrong_shape", expected='{"command": "record add", "args": {…}} | {"argv": […]}')
    for command in commands:
        if command.name == name:
            return command, read_named(command, args)
    raise UsageError("usage.unknown_command", value=name[:60])
