"""README "How to add …": each way is walked, on a copy of the program, by nothing but the steps it names."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHOW = """
import json, sys
from pathlib import Path
from ethnomed_desktop.app import lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.kdf import KdfParameters
CHEAP = KdfParameters(t=1, m_kib=64, p=1)
PASS = "жайлауда жеті жылқы"
COUNCIL = {"user": {"name": "Хатшы", "role": "secretary"}, "bodies": [{"body_kind": "other", "name_kk": "Кеңес"}]}
def made(path):
    return vault.create_council(Path(path), COUNCIL, PASS, program="command", params=CHEAP, minimum=CHEAP).ctx
def opened(path):
    return vault.open_council(Path(path), PASS, program="command", minimum=CHEAP)
"""
Run = Callable[[str], str]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program that may be changed."""
    target = tmp_path / "program"
    target.mkdir()
    for name in ("ethnomed_desktop", "resources", "translations"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture
def run(copy: Path) -> Run:
    """Run Python code with the copied program."""

    def code_in_copy(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", SHOW + code],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return code_in_copy


def insert(path: Path, before: str, line: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) >= 1
    path.write_text(text.replace(before, line + before, 1), encoding="utf-8")


def test_a_field_is_one_line_and_old_vaults_get_it(copy: Path, run: Run, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    run(
        f"""
c = made({str(vault)!r})
records.record(c, 'incident', {{'settlement': 'А', 'what_happened': 'х'}})
vault.close(c)
"""
    )
    insert(
        copy / "ethnomed_desktop/domain/kinds/incidents.py",
        '        Field("happened", 1,',
        '        Field("weather", 40, Text(80), N_("Weather"), Level.CASE, searchable=True, sortable=True),\n',
    )
    out = run(
        f"""
c = opened({str(vault)!r})
made_now = records.record(c, 'incident', {{'settlement': 'Б', 'what_happened': 'у', 'weather': 'боран'}}).value
from ethnomed_desktop.app.search import search
from ethnomed_desktop.i18n.catalogs import Catalog
found = search(c, 'боран', Catalog.load('kk'))
page = lists.list_records(c, lists.ListQuestion('incident', sort='-weather'))
print(json.dumps([len(found), [one.values.get('weather') for one in page.rows], c.vault.store.rebuild()]))
vault.close(c)
"""
    )
    assert json.loads(out) == [1, ["боран", None], {}]
    assert list((vault / "backups").glob("before-upgrade-*/store.db"))


def test_a_kind_is_one_declaration(copy: Path, run: Run, tmp_path: Path) -> None:
    kinds = copy / "ethnomed_desktop/domain/kinds"
    (kinds / "rumours.py").write_text(
        '''"""Rumours."""
from ethnomed_desktop.domain.fieldtypes import Code, LongText
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

RUMOUR = Kind(
    "rumour", 13, label=N_("Rumour"), plural=N_("Rumours"), feature="incidents", title=("text",),
    fields=(
        Field("text", 1, LongText(), N_("Text"), Level.CASE, required=True, searchable=True, listed=True),
        Field("channel", 2, Code("channel"), N_("Channel"), Level.OFFICE, listed=True),
    ),
)
''',
        encoding="utf-8",
    )
    insert(kinds / "__init__.py", "    NUMBER_SERIES,\n    USER,", "    RUMOUR,\n")
    insert(
        kinds / "__init__.py",
        "from ethnomed_desktop.domain.kinds.settings",
        "from ethnomed_desktop.domain.kinds.rumours import RUMOUR\n",
    )
    out = run(
        f"""
c = made({str(tmp_path / "vault")!r})
records.record(c, 'rumour', {{'text': 'Дүкен жабылады деседі', 'channel': 'messenger'}})
from ethnomed_desktop.i18n.catalogs import Catalog
row = lists.first_page(c, lists.ListQuestion('rumour', text='дукен'), Catalog.load('en'), 5).rows[0]
print(json.dumps([row.title, list(row.cells), c.vault.store.rebuild()]))
vault.close(c)
"""
    )
    assert json.loads(out) == ["Дүкен жабылады деседі", ["Дүкен жабылады деседі", "Messenger chat"], {}]


def test_a_language_is_a_folder(copy: Path, run: Run, catalog_tool: ModuleType) -> None:
    english, new = copy / "translations/en", copy / "translations/uz"
    shutil.copytree(english, new)
    conventions = (new / "conventions.toml").read_text(encoding="utf-8")
    conventions = conventions.replace('tag = "en-GB"', 'tag = "uz-UZ"').replace('"November"', '"noyabr"')
    (new / "conventions.toml").write_text(conventions, encoding="utf-8")
    domain = (new / "domain.po").read_text(encoding="utf-8")
    domain = domain.replace('msgid "Incident"\nmsgstr "Incident"', 'msgid "Incident"\nmsgstr "Hodisa"')
    (new / "domain.po").write_text(domain, encoding="utf-8")
    shutil.copytree(ROOT / ".ci", copy / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, ".ci/catalogs.py", "compile"], cwd=copy, check=True, capture_output=True)
    out = run(
        """
from datetime import date
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
print(json.dumps([LANGUAGES[-1], labels.kind_label(KINDS['incident'], Catalog.load('uz')),
                  formatting.long_date(date(2026, 11, 21), 'uz')]))
"""
    )
    assert json.loads(out) == ["uz", "Hodisa", "21 noyabr 2026"]


def test_a_document_is_a_module_and_an_entry(copy: Path, run: Run, tmp_path: Path) -> None:
    (copy / "ethnomed_desktop/documents/thanks.py").write_text(
        '''"""A letter of thanks to a person."""
from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.theme import Theme


def thanks_pdf(name: str, language: str) -> bytes:
    theme = Theme()
    return pdf.build(theme.text(name, "body", language), title=name, language=language, theme=theme)
''',
        encoding="utf-8",
    )
    documents = copy / "ethnomed_desktop/app/documents.py"
    insert(
        documents,
        '    "minutes": Document(',
        '    "thanks": Document("thanks", "person", _person, _make_thanks),\n',
    )
    insert(
        documents,
        "DOCUMENTS: dict[str, Document] = {",
        """def _person(connection, uid, practice):
    from ethnomed_desktop.app.titles import person_title
    from ethnomed_desktop.store.queries.records import record_by_uid
    return person_title(record_by_uid(connection, uid).values)


def _make_thanks(data, order, progress):
    from ethnomed_desktop.documents.thanks import thanks_pdf
    return thanks_pdf(data, order.language)


""",
    )
    out = run(
        f"""
from ethnomed_desktop.app import documents
from ethnomed_desktop.documents import pages
c = made({str(tmp_path / "vault")!r})
person = records.record(c, 'person', {{'surname': 'Әбілова', 'given_name': 'Ұлжан'}}).value
target = Path({str(tmp_path)!r}) / 'thanks.pdf'
documents.write_document(c, 'thanks', person.uid, documents.Order('kk'), target)
print(pages.text(target.read_bytes(), 0).strip())
vault.close(c)
"""
    )
    assert "Әбілова Ұлжан" in out
