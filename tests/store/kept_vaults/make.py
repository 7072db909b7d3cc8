"""Makes the kept vaults: for each version of the tables a small council, by the very program that had it last.

``python -m tests.store.kept_vaults.make [VERSION]`` in a clone with the whole history. Each file holds the keys
as they were, the two databases as statements (an encrypted file would not get smaller by packing), and every
record as that program showed it. A version that is not released any more stays here for ever.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

LAST_COMMITS = {
    "0001": "6d824dad",
    "0002": "76afa4a2",
    "0003": "d3e0521f",
    "0004": "26dfd033",
}
"""The last commit whose program made tables of that version."""

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
PASSPHRASE = "жайлауда жеті жылқы жатыр"
COUNCIL: dict[str, Any] = {
    "user": {"name": "Сейітова Раушан", "role": "chair", "label": "Раушан"},
    "bodies": [{"body_kind": "council_of_elders", "name_kk": "Ақсақалдар кеңесі", "place": "kato:314800000"}],
}


def make(version: str) -> None:
    """Unpack the program of the version, let it make its council, keep what it left."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["git", "archive", LAST_COMMITS[version]], cwd=ROOT, check=True, capture_output=True
        ).stdout
        program = Path(folder, "program")
        with tarfile.open(fileobj=BytesIO(packed)) as tar:
            tar.extractall(program)
        out = Path(folder, "kept.json")
        call = [sys.executable, __file__, "--within", str(Path(folder, "vault")), str(out)]
        subprocess.run(call, cwd=program, check=True, env={**os.environ, "PYTHONPATH": str(program)})
        kept = {"version": version, "commit": LAST_COMMITS[version], **json.loads(out.read_bytes())}
        data = json.dumps(kept, ensure_ascii=False, indent=0).encode()
        (HERE / f"{version}.json.gz").write_bytes(gzip.compress(data, 9, mtime=0))


def within(root: Path, out: Path) -> None:
    """Runs in the old program: make a council with a bit of everything, and write down what is shown."""
    from ethnomed_desktop.app import drafts, records, vault
    from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
    from ethnomed_desktop.domain.ids import uid_text
    from ethnomed_desktop.domain.kinds import KINDS
    from ethnomed_desktop.store.engine import open_connection
    from ethnomed_desktop.store.kdf import KdfParameters
    from ethnomed_desktop.store.vault_keys import subkeys

    cheap = KdfParameters(t=1, m_kib=64, p=1)
    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    made = vault.create_council(
        root, COUNCIL, PASSPHRASE, program="command", clock=clock, params=cheap, minimum=cheap
    )
    ctx = made.ctx
    person = records.record(ctx, "person", {"surname": "Ахметова", "given_name": "Әсел"}).value.uid
    other = records.record(ctx, "person", {"surname": "Қате", "note": "екі рет енгізілген"}).value.uid
    incident = records.record(ctx, "incident", {"settlement": "Масанчи", "what_happened": "Арық дауы"}).value.uid
    meeting = records.record(
        ctx, "meeting", {"starts": "2026-11-20T10:00", "heading": "Ағын су", "chair": uid_text(person)}
    ).value.uid
    item = records.record(ctx, "agenda_item", {"meeting": uid_text(meeting), "title": "Кезек", "position": 1})
    clock.advance(60_000)
    records.revise(ctx, incident, {"what_happened": "Арық басындағы дау. " * 20})
    records.revise(ctx, person, {"given_name": "Айгүл", "address": "Жандосов 3"})
    records.withdraw(ctx, other, "екі рет")
    drafts.keep_draft(ctx, "person", {"surname": "Сақталма"})
    blobs = root / "blobs.db"
    try:
        from ethnomed_desktop.app import attachments
    except ImportError:
        pass
    else:
        attachments.attach_bytes(ctx, incident, b"%PDF-1.7 kept " * 500, attachments.Wish(name="scan.pdf"))
    uids = [person, other, incident, meeting, item.value.uid, *made.bodies]
    shown = {uid_text(uid): _shown(records.show(ctx, uid)) for uid in uids}
    keys = subkeys(ctx.vault.unlocked.vault_key)
    vault.close(ctx)
    kept: dict[str, Any] = {"keys": (root / "keys.json").read_text(encoding="utf-8"), "shown": shown}
    kept["kinds"] = sorted(KINDS)
    kept["store"] = statements(open_connection(root / "store.db", keys.db))
    kept["blobs"] = statements(open_connection(blobs, keys.blobs)) if blobs.exists() else []
    out.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _shown(record: Any) -> dict[str, Any]:
    return {"kind": record.kind.name, "values": dict(record.values), "withdrawn": record.withdrawn}


def statements(connection: Any) -> list[str]:
    """Return the statements that make the database anew, tables of virtual tables as they lie."""
    made, later = [], []
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for kind, name, sql in rows:
        if name.startswith("sqlite_"):
            continue
        if sql.upper().startswith("CREATE VIRTUAL TABLE"):
            text = sql.replace("'", "''")
            later.append(
                "INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) "
                f"VALUES ('table', '{name}', '{name}', 0, '{text}')"
            )
        elif kind != "table":
            later.append(sql)
        else:
            made.append(sql)
            columns = [one[1] for one in connection.execute(f'PRAGMA table_info("{name}")').fetchall()]
            quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
            for (values,) in connection.execute(f'SELECT {quoted} FROM "{name}"').fetchall():
                made.append(f'INSERT INTO "{name}" VALUES ({values})')
    connection.close()
    return [*made, *later]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--within"]:
        within(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        for one in sys.argv[1:] or LAST_COMMITS:
            make(one)
