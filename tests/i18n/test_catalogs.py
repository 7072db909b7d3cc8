"""The catalogs are complete and whole, and say the words that were agreed."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

# Agreed terms: English id, Kazakh, Russian. They are checked wherever the catalogs use the id.
GLOSSARY = {
    "Cancel": ("Болдырмау", "Отмена"),
    "Draft": ("Қаралама", "Черновик"),
    "Draft minutes": ("Хаттама жобасы", "Проект протокола"),
    "People": ("Адамдар", "Люди"),
    "Help": ("Көмек", "Помощь"),
    "Edit": ("Өзгерту", "Изменить"),
    "Appeal": ("Жолданым", "Обращение"),
    "Referral": ("Жіберу туралы хат", "Направление"),
    "Professional mediator": ("Кәсіпқой медиатор", "Профессиональный медиатор"),
    "Trainer-mediator": ("Тренер-медиатор", "Тренер-медиатор"),
    "Impartiality": ("Бейтараптылық", "Беспристрастность"),
    "Confidentiality": ("Құпиялық", "Конфиденциальность"),
    "Injured": ("Жарақат алғандар", "Получившие травмы"),
    "Affected": ("Зардап шеккендер", "Пострадавшие"),
    "Extract from minutes": ("Хаттамадан үзінді көшірме", "Выписка из протокола"),
    "Irrigation water": ("Ағын су (суару суы)", "Поливная вода"),
    "Sign of tension": ("Шиеленіс белгісі", "Признак напряжённости"),
    "Early sign": ("Алғашқы белгі", "Первый признак"),
    "Early warning": ("Алдын ала ескерту", "Раннее предупреждение"),
    "Follow-up visit": ("Қайта бару", "Повторный визит"),
    "Trend": ("Үрдіс", "Тенденция"),
    "Amount": ("Сома", "Сумма"),
    "Place held": ("Өткізілген жері", "Место проведения"),
    "Responsible": ("Жауапты (орындаушы)", "Ответственный"),
    "Password": ("Құпиясөз", "Пароль"),
    "Passphrase": ("Құпиясөз", "Пароль"),
    "House of Friendship": ("Достық үйі", "Дом дружбы"),
    "People's Council of Kazakhstan": ("Қазақстан Халық Кеңесі", "Қазақстан Халық Кеңесі"),
    "Leave (draft kept)": ("Шығу (қаралама сақталады)", "Выйти (черновик сохранён)"),
    "Throw draft away": ("Қараламаны жою", "Удалить черновик"),
    "Saved": ("Сақталды", "Сохранено"),
    "Complete": ("Толық", "Заполнено"),
    "Dialogue": ("Диалог", "Диалог"),
    "HEARD:": ("ТЫҢДАЛДЫ:", "СЛУШАЛИ:"),
    "SPOKE:": ("СӨЗ СӨЙЛЕГЕНДЕР:", "ВЫСТУПИЛИ:"),
    "DECIDED:": ("ШЕШІМ ҚАБЫЛДАНДЫ:", "РЕШИЛИ:"),
    "RESOLVED:": ("ҚАУЛЫ ЕТТІ:", "ПОСТАНОВИЛИ:"),
    "True copy": ("Көшірмесі дұрыс", "Копия верна"),
    "True extract": ("Үзінді көшірме дұрыс", "Выписка верна"),
}
# Words that were replaced; no catalog may bring them back.
WITHDRAWN = {
    "kk": ("кәсіби медиатор", "тең құқықтылы", "бейтараптық", "құпиялылық", "сақтау үстінде қате"),
    "ru": ("народный совет казахстана", "возбуждение розни"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_are_complete_and_whole(
    language: str, catalog_tool: ModuleType, catalog_rules: ModuleType
) -> None:
    assert catalog_rules.language_problems(catalog_tool, language) == []


def test_every_marked_sentence_is_found_by_extraction(catalog_tool: ModuleType, catalog_rules: ModuleType) -> None:
    found = {path.name: list(catalog_rules.marking_problems(path)) for path in catalog_tool.PACKAGE.rglob("*.py")}
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(("language", "column"), [("kk", 0), ("ru", 1)])
def test_agreed_terms_are_used(language: str, column: int, catalog_tool: ModuleType) -> None:
    used = {
        message.id: message.string
        for room in catalog_tool.ROOMS
        for message in catalog_tool.messages(catalog_tool.read(language, room))
        if isinstance(message.id, str) and message.context is None and message.string
    }
    plain = {key.replace("&", "").rstrip("…"): text.replace("&", "").rstrip("…") for key, text in used.items()}
    wrong = {key: plain[key] for key, terms in GLOSSARY.items() if key in plain and plain[key] != terms[column]}
    assert wrong == {}


@pytest.mark.parametrize("language", sorted(WITHDRAWN))
def test_replaced_terms_do_not_come_back(language: str, catalog_tool: ModuleType) -> None:
    texts = [
        str(message.string).lower()
        for room in catalog_tool.ROOMS
        for message in catalog_tool.messages(catalog_tool.read(language, room))
    ]
    assert [text for text in texts if any(term in text for term in WITHDRAWN[language])] == []


@pytest.mark.parametrize(
    ("source", "form", "language", "problem"),
    [
        ("{count} members", "{cout} мүше", "kk", "placeholders differ"),
        ("{count} members", "{count мүше", "kk", "placeholders differ"),
        ("&Save", "Сақтау", "kk", "mnemonics (&) differ"),
        ("Fish && chips", "&Балық", "kk", "mnemonics (&) differ"),
        ("Name ", "Аты", "kk", "blanks at the edges differ"),
        ("Name:", "Имя", "ru", "the final : differs"),
        ("Open…", "Открыть", "ru", "the final … differs"),
        ("Word", "Сөз i cөз", "kk", "Latin letter inside «cөз»"),
        ("Word", "ə әp", "kk", "Latin letter inside «әp»"),
        ("Save", "Са&қтаu", "kk", "Latin letter inside «Сақтаu»"),
    ],
)
def test_the_rules_notice(source: str, form: str, language: str, problem: str, catalog_rules: ModuleType) -> None:
    assert problem in list(catalog_rules.form_problems(source, form, language))


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("{count} of {whole}", "{whole} ішінен {count}"),
        ("&Save as PDF…", "PDF ретінде &сақтау…"),
        ("<b>{name}</b>: &amp; more", "<b>{name}</b>: &amp; тағы"),
    ],
)
def test_the_rules_let_pass(source: str, form: str, catalog_rules: ModuleType) -> None:
    assert list(catalog_rules.form_problems(source, form, "kk")) == []


def test_the_rules_notice_sentences_that_extraction_misses(tmp_path: Path, catalog_rules: ModuleType) -> None:
    source = tmp_path / "window.py"
    source.write_text(
        '_(f"Saved {name}")\n_("a" + "b")\nN_(title)\n_(title)\n_("Saved {name}")\n', encoding="utf-8"
    )
    assert [line for line, _ in catalog_rules.marking_problems(source)] == [1, 2, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_the_translators_wrote(language: str, catalog_tool: ModuleType) -> None:
    catalog = Catalog.load(language)
    for room in catalog_tool.ROOMS:
        for message in filter(catalog_tool.is_translated, catalog_tool.messages(catalog_tool.read(language, room))):
            if message.pluralizable:
                forms = {catalog.ngettext(message.id[0], message.id[1], count) for count in (1, 2, 5, 21, 22)}
                assert forms == set(message.string)
            elif message.context:
                assert catalog.pgettext(message.context, message.id) == message.string
            else:
                assert catalog.gettext(message.id) == message.string


def test_extracting_again_keeps_every_translation(catalog_tool: ModuleType) -> None:
    def words(catalog: object) -> dict[object, object]:
        return {catalog_tool.key_of(message): message.string for message in catalog_tool.messages(catalog)}

    for language in LANGUAGES:
        for room in catalog_tool.ROOMS:
            before, after = (
                words(catalog_tool.read(language, room)),
                words(catalog_tool.updated(language, room, {})),
            )
            assert {key: after[key] for key in before if key in after} == {
                key: text for key, text in before.items() if key in after
            }


def test_no_module_binds_words_at_import(catalog_tool: ModuleType) -> None:
    """``_()`` outside a function would freeze the language of the start."""
    frozen = []
    for path in (catalog_tool.PACKAGE).rglob("*.py"):
        for node in ast.walk(_without_functions(ast.parse(path.read_text(encoding="utf-8")))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                frozen.append(f"{path.name}:{node.lineno}")
    assert frozen == []


class _FunctionRemover(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        return None

    def visit_Lambda(self, node: ast.Lambda) -> ast.Constant:
        return ast.Constant(None)


def _without_functions(tree: ast.Module) -> ast.Module:
    module = _FunctionRemover().visit(tree)
    assert isinstance(module, ast.Module)
    return module
