"""A real sitting as input: the working group on the concept of interethnic policy, 2020.

Public facts in our words; the people spoke in public, in public roles. The source names no day,
number, place, chair or secretary: these stay empty, and the day printed is ours.
"""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.documents.minutes_data import Attendee, Body, Item, MinutesData, Speech, Trio

GROUP = Trio(
    "Этносаралық қатынастар саласындағы мемлекеттік саясат тұжырымдамасы жөніндегі жұмыс тобы",
    "Рабочая группа по концепции государственной политики в сфере межэтнических отношений",
    "Working Group on the Concept of State Policy in Interethnic Relations",
)
_NAMES = (
    ("Жүсіпова Айман", "А. Жүсіпова"),
    ("Шайкемелев Мұхтарбек", "М. Шайкемелев"),
    ("Шариязданов Олжас", "О. Шариязданов"),
    ("Кан Георгий", "Г. Кан"),
    ("Садуақасова Айгүл", "А. Садуақасова"),
)
_KINDS = ("spoke", "spoke", "spoke", "proposal", "spoke")
_POSTS = {
    "kk": (
        "Әлемдік экономика және саясат институты",
        "Философия, саясаттану және дінтану институты",
        "«Қоғамдық келісім» РММ",
        "",
        "Мемлекеттік басқару академиясы",
    ),
    "ru": (
        "Институт мировой экономики и политики",
        "Институт философии, политологии и религиоведения",
        "РГУ «Қоғамдық келісім»",
        "",
        "Академия государственного управления",
    ),
    "en": (
        "Institute for World Economy and Politics",
        "Institute for Philosophy, Political Science and Religious Studies",
        "RSI “Kogamdyk Kelisim”",
        "",
        "Academy of Public Administration",
    ),
}
_SAID = {
    "kk": (
        "бұрынғы жылдардағы саясатты азаматтардың көпшілігі қолдады; енді оның тиімділігін арттыру және оны "
        "талқылауға азаматтық қоғамды тарту қажет.",
        "мақсат – конституциялық және құқықтық қағидаттарды іс жүзінде қолдану, азаматтық бастаманы қолдайтын "
        "мемлекеттік бағдарламаларды орындау, билік пен этномәдени бірлестіктердің нәтижелі диалогына қол жеткізу.",
        "әр сарапшыны тыңдап, сындарлы сынды қабылдап, реттеудің оңтайлы үлгісін және этносаралық жанжалдардың "
        "алдын алу жөнінде орталық пен жергілікті деңгейге арналған ұсынымдарды әзірлеу керек.",
        "Ассамблея институттарын жаңғырту, саясаткерлер мен азаматтар арасындағы кері байланыстың жаңа сапасына "
        "жету керек; осы тармақ тұжырымдамаға енгізілсін.",
        "әлеуметтік-экономикалық жағдай нашарлағанда қатынастар аса сезімтал болады; карантиннен кейін әдет пен "
        "мінез-құлық өзгереді, жаңа тәсілдерге абай болған жөн.",
    ),
    "ru": (
        "большинство граждан поддерживало политику прежних лет; нужно повысить её результативность и привлечь к "
        "обсуждению гражданское общество.",
        "цель – задействовать имеющиеся конституционные и правовые принципы, выполнить государственные программы "
        "поддержки гражданской инициативы, добиться плодотворного диалога власти и этнокультурных объединений.",
        "следует выслушать каждого эксперта, принимать конструктивную критику, выработать оптимальную модель "
        "регулирования и рекомендации по предупреждению конфликтов в центре и на местах.",
        "нужны модернизация институтов Ассамблеи и новое качество обратной связи политиков и граждан; прошу внести "
        "этот пункт в концепцию.",
        "отношения наиболее чувствительны при ухудшении социально-экономических условий; после карантина изменятся "
        "привычки и поведение, новые подходы требуют осторожности.",
    ),
    "en": (
        "most citizens supported the policy of earlier years; it must become more effective, and civil society "
        "must take part in discussing it.",
        "the aim is to make existing constitutional and legal principles work, to carry out state programmes that "
        "support civic initiative, and to reach a fruitful dialogue of authorities and ethnocultural associations.",
        "every expert should be heard and constructive criticism welcomed; an optimal model of regulation is "
        "needed, with recommendations for preventing conflicts at the central and the local level.",
        "the institutions of the Assembly need modernising and feedback between politicians and citizens a new "
        "quality; I ask to put this point into the concept.",
        "relations become most sensitive when social and economic conditions worsen; after the quarantine habits "
        "and behaviour will change, and new approaches need care.",
    ),
}
_TITLE = {
    "kk": "Тұжырымдаманы әзірлеу тәсілдері туралы",
    "ru": "О подходах к концепции",
    "en": "Approaches to the concept",
}
_OUTCOME = {
    "kk": "Түрлі ұстанымдар ескеріліп, ортақ пікірге келу көзделеді; жоба бойынша жұмыс жалғастырылады.",
    "ru": "Различные позиции будут учтены, будет вестись поиск согласия; работа над проектом продолжается.",
    "en": "Differing positions are to be taken into account and consensus sought; work on the draft goes on.",
}


def minutes(language: str) -> MinutesData:
    people = [Attendee(*name, post) for name, post in zip(_NAMES, _POSTS[language], strict=True)]
    said = zip(_SAID[language], people, _KINDS, strict=True)
    return MinutesData(
        bodies=(Body(GROUP),),
        held=date(2020, 7, 1),
        kind="working_group",
        mode="online",
        entitled=25,
        present=tuple(people),
        list_attached=True,
        agenda=(Item(_TITLE[language], speeches=tuple(Speech(*speech) for speech in said)),),
        outcome=_OUTCOME[language],
        content_language=language,
    )
