"""A joint sitting: members of both bodies, both numbers, a quorum of each, on the screen's data and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import meeting_saving, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import gather, gather_minutes
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.meeting_sheets import new_sheet, open_sheet, warnings_of
from ethnomed_desktop.documents import attendance_list, pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., records.Recorded]
WORDS = Catalog.load("ru")
ELDERS = ("Әлиев", "Бектұров", "Ғабитов", "Дәуренов", "Ермеков")
MOTHERS = ("Анаева", "Жамалова", "Сәрсенова")


@pytest.fixture
def bodies(council: AppContext, add: Add) -> tuple[str, str]:
    """Five elders and four mothers; Ермеков serves in both."""
    own = uid_text(list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)
    names = {"name_kk": "Аналар кеңесі", "name_ru": "Совет матерей", "is_ours": True}
    other = uid_text(add("organisation", body_kind="council_of_mothers", **names).uid)
    for body, people in ((own, ELDERS), (other, MOTHERS)):
        for name in people:
            person = uid_text(add("person", surname=name, given_name="Аян").uid)
            add("membership", person=person, organisation=body, role="member")
            if name == "Ермеков":
                add("membership", person=person, organisation=other, role="member")
    return own, other


@pytest.fixture
def sheet(council: AppContext, bodies: tuple[str, str]) -> Sheet:
    """Minutes of a joint sitting, to which the next one is opened."""
    made = new_sheet(council, WORDS).sheet
    made.meeting.values.update(chair_words="А. Төраға", secretary_words="Б. Хатшы", other_organisation=bodies[1])
    item = made.meeting.add(Part("agenda_item", {"title": "Ағын су кезегі"}))
    item.add(Part("decision", {"text": "Кесте бекітілсін.", "votes_for": 6}))
    made.meeting.parts[:] = [one for one in made.meeting.parts if one.kind != "attendance"]
    save(council, made)
    return open_sheet(council, parse_uid(made.meeting.uid), WORDS).sheet


def save(ctx: AppContext, sheet: Sheet) -> bytes:
    saved = meeting_saving.save_sheet(ctx, sheet, "алынды").value
    for part, (uid, revision) in zip(sheet.meeting.walk(), saved.stamps, strict=True):
        part.uid, part.revision = uid, revision
    return parse_uid(saved.meeting)


def come(sheet: Sheet, *rows: int) -> None:
    for row in rows:
        sheet.attendance[row].put("capacity", "member")


def codes(ctx: AppContext, sheet: Sheet) -> list[str]:
    return [one.error.code for one in warnings_of(sheet, today(ctx.clock))]


def printed(ctx: AppContext, uid: bytes, *languages: str, beside: bool = False) -> str:
    return pages.flowing_text(minutes_pdf(gather_minutes(ctx, uid), languages, beside=beside))


def test_members_of_both_bodies_are_listed_once_and_counted_apart(sheet: Sheet, bodies: tuple[str, str]) -> None:
    assert len(sheet.attendance) == 8
    assert sheet.attendance[0].values["bodies"] == [bodies[0]]
    assert sheet.attendance[4].values["bodies"] == list(bodies)
    assert sheet.attendance[7].values["bodies"] == [bodies[1]]
    assert (sheet.meeting.values["entitled"], sheet.meeting.values["other_entitled"]) == (5, 4)


def test_a_body_without_its_quorum_is_said_before_the_number(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 3, 5, 6)
    assert "meeting.no_quorum_of_a_body" in codes(council, sheet)
    come(sheet, 4)
    assert "meeting.no_quorum_of_a_body" not in codes(council, sheet)


def test_a_recusal_can_take_the_quorum_from_one_body_alone(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 3, 4, 5, 6)
    sheet.items[0].put("recused", [sheet.attendance[6].text("person")])
    assert "meeting.no_quorum_on_item" in codes(council, sheet)
    sheet.items[0].put("recused", [sheet.attendance[0].text("person")])
    assert "meeting.no_quorum_on_item" not in codes(council, sheet)


def test_bodies_that_nobody_named_are_asked_for(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 3, 4)
    for one in sheet.attendance:
        one.put("bodies", None)
    assert "meeting.bodies_not_named" in codes(council, sheet)


def test_a_decision_without_the_majority_is_said(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 3, 4, 5, 6)
    decision = sheet.items[0].of("decision")[0]
    decision.values.update(votes_for=3, votes_against=4)
    assert "meeting.no_majority" in codes(council, sheet)
    decision.values.update(votes_for=4, votes_against=3)
    assert "meeting.no_majority" not in codes(council, sheet)


def test_the_minutes_print_the_members_and_the_quorum_of_each_body(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 4, 5, 6)
    uid = save(council, sheet)
    meetings.finish_meeting(council, uid)
    text = printed(council, uid, "ru")
    wanted = [
        "ПРОТОКОЛ СОВМЕСТНОГО ЗАСЕДАНИЯ",
        "№ 1 / 1",
        "Общее число членов, имеющих право участвовать: 5",
        "Присутствовали (4 человека): Әлиев Аян; Бектұров Аян; Ғабитов Аян; Ермеков Аян",
        "Кворум имеется.",
        "Совет матерей:",
        "Общее число членов, имеющих право участвовать: 4",
        "Присутствовали (3 человека): Ермеков Аян; Анаева Аян; Жамалова Аян",
        "Кворум имеется.",
        "Всего присутствовало: 6 человек",
        "Кворум имеется. Заседание правомочно.",
    ]
    place = 0
    for words in wanted:
        place = text.find(words, place)
        assert place >= 0, (words, text)
        place += len(words)
    assert "Қатысқандардың жалпы саны: 6 адам" in printed(council, uid, "kk")
    both = printed(council, uid, "kk", "ru", beside=True)
    assert "Кворум бар." in both
    assert "Всего присутствовало: 6 человек" in both


def test_the_minutes_say_which_body_had_no_quorum(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2)
    uid = save(council, sheet)
    text = printed(council, uid, "ru")
    assert "От этого органа никто не присутствовал. Кворум отсутствует." in text
    assert "Кворум отсутствует. Заседание неправомочно." in text


def test_a_long_list_of_present_has_a_table_for_each_body(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 4, 5)
    sheet.meeting.put("list_attached", True)
    uid = save(council, sheet)
    text = printed(council, uid, "ru")
    annex = text[text.index("Список присутствующих", text.index("СЛУШАЛИ")) :]
    assert annex.count("Ермеков Аян") == 2
    assert annex.index("Әлиев Аян") < annex.index("Совет матерей") < annex.index("Анаева Аян")


def test_the_list_at_the_door_has_a_table_for_each_body(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    made = gather(council, "attendance-list", uid)
    text = pages.flowing_text(attendance_list.attendance_pdf(made, ("ru",)))
    assert text.index("Ермеков") < text.index("Совет матерей", text.index("Ермеков")) < text.index("Анаева")
    assert text.count("Ермеков") == 1, "who serves in both signs once"
    assert "Приглашённые" in text


def test_the_next_sitting_takes_over_both_bodies(
    council: AppContext, sheet: Sheet, bodies: tuple[str, str]
) -> None:
    save(council, sheet)
    following = new_sheet(council, WORDS).sheet
    assert following.meeting.values["other_organisation"] == bodies[1]
    assert following.attendance[4].values["bodies"] == list(bodies)
