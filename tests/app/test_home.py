"""The first page tells what presses by the civil date, what is near, and what this user did last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ethnomed_desktop.app import home, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies, work_for
from ethnomed_desktop.app.recent import note_opened, opened_by
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.clock import FixedClock, today
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.queries.records import record_by_uid

Add = Callable[..., Recorded]
WORDS = Catalog.load("ru")
HOUR_MS = 3_600_000


def counts(ctx: AppContext) -> dict[str, int]:
    return dict(home.first_page(ctx, WORDS).pressing)


def titles_behind(ctx: AppContext, what: str) -> list[str]:
    rids = home.pressing_numbers(ctx, what)
    return [row.cells[1] for row in home.pressing_rows(ctx, rids, WORDS)]


def incident(add: Add, **values: object) -> Recorded:
    return add("incident", settlement="Масанчи", what_happened="Су", **values)


def meeting(ctx: AppContext, add: Add, starts: str, **values: object) -> Recorded:
    with ctx.reading() as connection:
        body = uid_text(own_bodies(connection)[0].uid)
    return add("meeting", organisation=body, starts=starts, **values)


def number(ctx: AppContext, made: Recorded, person: str) -> str:
    """Give the minutes their number with the least they need."""
    uid = uid_text(made.uid)
    records.revise(ctx, made.uid, {"chair": person, "secretary": person, "entitled": 1, "quorum_rule": "none"})
    records.record(ctx, "attendance", {"meeting": uid, "person": person, "capacity": "member", "position": 1})
    item = records.record(ctx, "agenda_item", {"meeting": uid, "position": 1, "title": "Су"}).value
    records.record(ctx, "decision", {"agenda_item": uid_text(item.uid), "position": 1, "text": "Тексеру"})
    return meetings.finish_meeting(ctx, made.uid).value.number


def test_an_empty_council_presses_nothing(council: AppContext) -> None:
    page = home.first_page(council, WORDS)
    assert set(page.pressing) == set(home.PRESSING)
    assert not any(page.pressing.values())
    assert (page.week, page.unfinished, page.minutes) == ((), (), None)


def test_a_task_is_overdue_from_the_next_day_in_kazakhstan(
    council: AppContext, add: Add, clock: FixedClock
) -> None:
    late = add("task", text="Хат жазу", due="2026-11-20", state="pending")
    add("task", text="Бүгін", due="2026-11-21", state="in_work")
    add("task", text="Біткен", due="2026-11-01", state="done")
    assert titles_behind(council, "overdue") == ["Хат жазу"]
    clock.advance(13 * HOUR_MS)  # 23:00
    assert counts(council)["overdue"] == 1
    clock.advance(HOUR_MS)  # midnight in Kazakhstan, 19:00 in UTC
    assert titles_behind(council, "overdue") == ["Хат жазу", "Бүгін"]
    records.withdraw(council, late.uid, "екі рет")
    assert counts(council)["overdue"] == 1


def test_a_task_of_a_thrown_away_incident_presses_nobody(council: AppContext, add: Add) -> None:
    made = incident(add, severity="1")
    task = add("task", text="Қайта бару", due="2026-11-01", incident=uid_text(made.uid))
    assert counts(council)["overdue"] == 1
    assert home.place_of(council, uid_text(task.uid)) == ("incident", uid_text(made.uid))
    records.withdraw(council, made.uid, "қате")
    assert counts(council)["overdue"] == 0


def test_severe_incidents_press_until_they_are_settled(council: AppContext, add: Add) -> None:
    made = [incident(add, severity=one, happened="2026-11-01") for one in ("2", "3", "5", "4")]
    assert [title.split(" ")[0] for title in titles_behind(council, "severe")] == ["2026/3", "2026/4", "2026/2"]
    records.revise(council, made[2].uid, {"state": "settled"})
    records.revise(council, made[3].uid, {"state": "referred"})
    assert counts(council)["severe"] == 2
    rows = home.pressing_rows(council, home.pressing_numbers(council, "severe"), WORDS)
    state = "▲ 4 Насилие с травмами или ущербом · Направлено в другой орган"
    assert rows[0].cells == ("Инцидент", rows[0].cells[1], "01.11.2026", state)


def test_an_incident_asks_for_a_severity_but_a_sign_of_peace_does_not(council: AppContext, add: Add) -> None:
    made = incident(add)
    incident(add, positive=True)
    assert counts(council)["unrated"] == 1
    records.revise(council, made.uid, {"severity": "0"})
    assert counts(council)["unrated"] == 0


def test_the_week_begins_today_and_ends_before_the_eighth_day(council: AppContext, add: Add) -> None:
    for starts in ("2026-11-20T10:00", "2026-11-21T08:00", "2026-11-27T23:00", "2026-11-28T00:00"):
        meeting(council, add, starts)
    page = home.first_page(council, WORDS)
    assert [line.title for line in page.week] == ["21.11.2026 08:00", "27.11.2026 23:00"]
    assert [line.title for line in page.unfinished] == ["20.11.2026 10:00"]


def test_the_last_numbered_minutes_are_printed_before_any_draft(council: AppContext, add: Add) -> None:
    person = uid_text(add("person", surname="Асқаров", given_name="Болат").uid)
    first = meeting(council, add, "2026-11-10T10:00")
    meeting(council, add, "2026-12-10T10:00")
    found = home.first_page(council, WORDS).minutes
    assert found == home.LastMinutes(uid_text(first.uid), "")  # a meeting to come has no minutes
    given = number(council, first, person)
    meeting(council, add, "2026-11-20T10:00")
    page = home.first_page(council, WORDS)
    assert page.minutes == home.LastMinutes(uid_text(first.uid), given)
    assert uid_text(first.uid) not in {line.uid for line in page.unfinished}


def test_corrected_minutes_are_not_printed_any_more(council: AppContext, add: Add) -> None:
    person = uid_text(add("person", surname="Асқаров", given_name="Болат").uid)
    first = meeting(council, add, "2026-11-20T10:00")
    given = number(council, first, person)
    second = meetings.correct_meeting(council, first.uid, "Күні қате").value
    assert home.first_page(council, WORDS).minutes == home.LastMinutes(uid_text(first.uid), given)
    records.revise(council, second, {"starts": "2026-11-19T10:00"})
    meetings.finish_meeting(council, second)
    assert home.first_page(council, WORDS).minutes == home.LastMinutes(uid_text(second), given)
    named = {line.uid: line.title for line in home.first_page(council, WORDS).recent}
    assert named[uid_text(second)].endswith("· Версия 2")
    assert "Версия" not in named[uid_text(first.uid)]


def test_a_joint_sitting_is_one_of_the_second_body_too(council: AppContext, add: Add) -> None:
    person = uid_text(add("person", surname="Асқаров", given_name="Болат").uid)
    number(council, meeting(council, add, "2026-11-10T10:00"), person)
    other = uid_text(add("organisation", body_kind="council_of_mothers", name_kk="Аналар кеңесі", is_ours=True).uid)
    joint = meeting(council, add, "2026-11-20T10:00", other_organisation=other)
    assert number(council, joint, person) == "2"
    work_for(council, parse_uid(other))
    assert home.first_page(council, WORDS).minutes == home.LastMinutes(uid_text(joint.uid), "1")


def test_recent_are_whole_records_the_last_changed_first_and_each_once(council: AppContext, add: Add) -> None:
    old = incident(add)
    for surname in range(home.RECENT):
        add("person", surname=f"Әлиев {surname}")
    records.withdraw(council, add("person", surname="Қате").uid, "қате")
    add("incident_party", incident=uid_text(old.uid), side="A", group_words="Көше")
    recent = home.first_page(council, WORDS).recent
    assert len(recent) == home.RECENT
    assert (recent[0].kind, recent[0].uid, recent[0].about) == ("incident", uid_text(old.uid), "Инцидент")
    assert recent[1].title == f"Әлиев {home.RECENT - 1}"
    assert len({line.uid for line in recent}) == home.RECENT


def test_records_in_conflict_are_counted_whatever_their_kind(council: AppContext, add: Add) -> None:
    made = add("person", surname="Асқаров")
    with council.vault.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE record SET conflicts = '[\"surname\"]' WHERE uid = ?", (made.uid,))
    assert counts(council)["conflicts"] == 1
    assert titles_behind(council, "conflicts") == ["Асқаров"]
    with council.reading() as connection:
        assert record_by_uid(connection, made.uid) is not None


def test_the_clock_moves_what_is_near(council: AppContext, add: Add, clock: FixedClock) -> None:
    meeting(council, add, "2026-11-29T10:00")
    assert home.first_page(council, WORDS).week == ()
    clock.advance(int(timedelta(days=2).total_seconds() * 1000))
    assert len(home.first_page(council, WORDS).week) == 1


def test_withdrawn_consents_and_records_kept_too_long_press(council: AppContext, add: Add) -> None:
    person = uid_text(add("person", surname="Әлиева").uid)
    day = today(council.clock)
    given, past = (day - timedelta(days=40)).isoformat(), (day - timedelta(days=1)).isoformat()
    consent = {"person": person, "purpose": "Кеңес", "data": "Аты-жөні", "given_on": given}
    asked = add("consent", **consent, withdrawn_on=past)
    add("consent", **consent)
    add("consent", **consent, withdrawn_on=past, stopped_on=day.isoformat())
    old = add("incident", settlement="Масанчи", what_happened="Су", severity="1", retention_until=past)
    add("incident", settlement="Масанчи", what_happened="Су", severity="1", retention_until=day.isoformat())
    found = home.first_page(council, Catalog.load("kk")).pressing
    assert (found["withdrawn_consents"], found["kept_too_long"]) == (1, 1)
    for what, one in (("withdrawn_consents", asked), ("kept_too_long", old)):
        rows = home.pressing_rows(council, list(home.pressing_numbers(council, what)), Catalog.load("kk"))
        assert [row.uid for row in rows] == [uid_text(one.uid)]


def test_what_was_opened_last_stands_first_among_the_recent(
    council: AppContext, add: Add, clock: FixedClock
) -> None:
    first, second = (uid_text(add("person", surname=name).uid) for name in ("Бірінші", "Екінші"))
    clock.advance(HOUR_MS)
    note_opened(council, first)
    assert [line.uid for line in home.recent_lines(council, WORDS)][:2] == [first, second]
    clock.advance(HOUR_MS)
    records.revise(council, parse_uid(second), {"note": "жаңа"})
    assert [line.uid for line in home.recent_lines(council, WORDS)][:2] == [second, first]
    records.withdraw(council, parse_uid(first), "қате")
    assert first not in [line.uid for line in home.recent_lines(council, WORDS)]


def test_no_more_is_remembered_than_is_shown(council: AppContext, add: Add) -> None:
    uids = [uid_text(add("person", surname=f"П{number}").uid) for number in range(home.RECENT + 3)]
    for uid in uids:
        note_opened(council, uid)
    with council.reading() as connection:
        assert len(opened_by(connection, council.user)) == home.RECENT
    assert len(home.recent_lines(council, WORDS)) == home.RECENT


def test_severity_is_told_by_shape_and_number_too(council: AppContext, add: Add) -> None:
    add("incident", settlement="Масаншы", what_happened="Су", severity="4")
    (row,) = home.pressing_rows(council, home.pressing_numbers(council, "severe"), WORDS)
    assert row.cells[3].startswith("▲ 4 ")
