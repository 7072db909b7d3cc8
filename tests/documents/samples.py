"""Invented councils that the document tests print; no person here exists."""

from __future__ import annotations

from datetime import date, time

from ethnomed_desktop.documents.minutes_data import (
    Attendee,
    Body,
    Decision,
    Item,
    MinutesData,
    Speech,
    Task,
    Trio,
    Votes,
)

ALL_KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"

BODY = Trio(
    "«Меркі ауданының ақсақалдар кеңесі» қоғамдық бірлестігі",
    "Общественное объединение «Совет старейшин Меркенского района»",
    "Public association “Council of Elders of Merke District”",
)
PLACE = Trio("Меркі ауылы", "село Мерке", "Merke village")

_WORDS: dict[str, dict[str, str]] = {
    "kk": {
        "heading": "Суару суын бөлу және мектептегі дау туралы",
        "chair": "кеңес төрағасы",
        "member": "кеңес мүшесі",
        "akim": "ауылдық округ әкімінің орынбасары",
        "reason": "іссапарда",
        "t1": "А және Б көшелеріне суару суын бөлу кестесі туралы",
        "h1": "Баяндамашы жаз бойы су кезегіне байланысты үш рет дау туындағанын, тараптардың тең құқылығы "
        "сақталатын кесте қажет екенін айтты. Кестенің жобасы екі көшенің өкілдерімен келісілді.",
        "s1": "кестені ауыл тұрғындары жиналатын жерге іліп қоюды және кезек бұзылса, мұрапқа жүгінуді ұсынды.",
        "q1": "Су көлемі азайған күндері кезек қалай жылжиды?",
        "a1": "Кезек тәртібі сақталады, әр көшенің сағаты бірдей қысқарады.",
        "p1": "келесі жылғы кестені наурыз айында, егін егу басталмай тұрып бекіту керек.",
        "d1": "Суару суын бөлу кестесі осы хаттамаға қосымшаға сәйкес бекітілсін.",
        "d2": "Кесте екі көшенің тұрғындарына жиында түсіндірілсін.",
        "who": "А. Серікұлы",
        "x1": "кесте бір маусымға ғана бекітілуі тиіс деп есептеймін.",
        "t2": "Мектептегі оқушылар арасындағы дау бойынша жүргізілген жұмыс туралы",
        "h2": "Екі отбасымен жеке сұхбаттасу өткізілді. Балалар бір-бірінен кешірім сұрады, сабақтар өтіп жатыр.",
        "s2": "ата-аналар бірлескен әңгімелесуге келісетінін айтты.",
        "task": "Тоқсан сайын су кестесінің орындалуын қарау",
        "outcome": "Келесі отырыс 2026 жылғы 16 сәуірде сағат 10:00-де өтеді.",
        "annex": "Суару суын бөлу кестесі",
    },
    "ru": {
        "heading": "О распределении поливной воды и споре в школе",
        "chair": "председатель совета",
        "member": "член совета",
        "akim": "заместитель акима сельского округа",
        "reason": "в командировке",
        "t1": "О графике распределения поливной воды между улицами А и Б",
        "h1": "Докладчик сообщил, что за лето из-за очереди на воду трижды возникал спор и нужен график, "
        "при котором соблюдается равноправие сторон. Проект графика согласован с представителями обеих улиц.",
        "s1": "предложил вывесить график на месте сбора жителей и при нарушении очереди обращаться к мирабу.",
        "q1": "Как сдвигается очередь в дни, когда воды становится меньше?",
        "a1": "Порядок очереди сохраняется, часы каждой улицы сокращаются одинаково.",
        "p1": "график на следующий год нужно утвердить в марте, до начала сева.",
        "d1": "Утвердить график распределения поливной воды согласно приложению к настоящему протоколу.",
        "d2": "Разъяснить график жителям обеих улиц на сходе.",
        "who": "А. Серікұлы",
        "x1": "считаю, что график должен утверждаться только на один сезон.",
        "t2": "О проведённой работе по спору между учащимися школы",
        "h2": "С обеими семьями проведены отдельные беседы. Дети попросили друг у друга прощения, занятия идут в "
        "обычном порядке.",
        "s2": "сообщил, что родители согласны на совместную беседу.",
        "task": "Ежеквартально рассматривать исполнение графика полива",
        "outcome": "Следующее заседание состоится 16 апреля 2026 года в 10:00.",
        "annex": "График распределения поливной воды",
    },
    "en": {
        "heading": "On sharing irrigation water and a dispute at school",
        "chair": "chair of the council",
        "member": "member of the council",
        "akim": "deputy head of the rural okrug",
        "reason": "on a journey for work",
        "t1": "Timetable for sharing irrigation water between streets A and B",
        "h1": "The reporter said that a dispute about turns for water arose three times during the summer and that "
        "a timetable is needed which keeps the parties equal. The draft was agreed with both streets.",
        "s1": "proposed to put the timetable up where residents meet and to turn only to the water master.",
        "q1": "How do turns move on days when there is less water?",
        "a1": "The order stays the same; the hours of each street are shortened alike.",
        "p1": "next year's timetable should be approved in March, before sowing begins.",
        "d1": "To approve the timetable for sharing irrigation water as annexed to these minutes.",
        "d2": "To explain the timetable to the residents of both streets at a gathering.",
        "who": "А. Серікұлы",
        "x1": "I hold that the timetable should be approved for one season only.",
        "t2": "Work done on the dispute between pupils of the school",
        "h2": "Both families were spoken with separately. The children apologised; lessons go on as usual.",
        "s2": "said that the parents agree to a joint conversation.",
        "task": "Review every quarter how the water timetable is kept",
        "outcome": "The next sitting is held on 16 April 2026 at 10:00.",
        "annex": "Timetable for sharing irrigation water",
    },
}


def person(surname: str, given: str, patronymic: str = "", post: str = "", **more: object) -> Attendee:
    name = " ".join(part for part in (surname, given, patronymic) if part)
    return Attendee(name, f"{given[0]}. {surname}", post, **more)  # type: ignore[arg-type]


def elders(language: str = "kk") -> MinutesData:
    """An ordinary sitting of a council of elders, its words in ``language``."""
    words = _WORDS[language]
    chair = person("Әбдірахманов", "Бейбіт", "Оралұлы", words["chair"])
    secretary = person("Һәкімова", "Гүлсім", "Ыңтымаққызы")
    member = person("Серікұлы", "Асқар", "", words["member"])
    other = person("Нұрғожина", "Үміт", "Өмірзаққызы", words["member"])
    third = person("Петренко", "Олег", "Иванович", words["member"])
    akim = person("Қоңыратбаев", "Ілияс", "Жұмағұлұлы", words["akim"])
    return MinutesData(
        bodies=(Body(BODY, "3"),),
        held=date(2026, 3, 12),
        begins=time(10, 0),
        ends=time(11, 35),
        place=PLACE,
        heading=words["heading"],
        chair=chair,
        secretary=secretary,
        entitled=9,
        present=(*map(_plain, (chair, member, other, third)), Attendee("Ғабитов Ерлан", remote=True)),
        invited=(akim,),
        absent=(Attendee("Жүсіпов Қайрат", reason=words["reason"]), Attendee("Ли Виктор")),
        quorum=True,
        agenda=(
            Item(
                words["t1"],
                chair,
                words["h1"],
                (
                    Speech(words["s1"], member),
                    Speech(words["q1"], other, "question"),
                    Speech(words["a1"], chair, "answer"),
                    Speech(words["p1"], third, "proposal"),
                    Speech(words["x1"], third, "dissent"),
                ),
                (
                    Decision(words["d1"], Votes(4, 0, 1)),
                    Decision(words["d2"], Votes(5, 0, 0), words["who"], date(2026, 3, 26)),
                ),
            ),
            Item(words["t2"], member, words["h2"], (Speech(words["s2"], akim),)),
        ),
        tasks=(Task(words["task"], words["who"], date(2026, 6, 30)),),
        outcome=words["outcome"],
        annexes=(words["annex"],),
        content_language=language,
    )


def _plain(who: Attendee) -> Attendee:
    return Attendee(who.name, who.short)


def crowd(count: int) -> tuple[Attendee, ...]:
    return tuple(person("Әліұлы", "Құдайберген", f"{number}-ші", "мүше") for number in range(1, count + 1))
