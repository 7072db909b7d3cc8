"""What is recorded on the walk through practice: content, in the language of the council, not interface."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "kk": {
        "village": "Үлгітөбе ауылы",
        "what_happened": (
            "Екі көршінің арасында арыққа ағын су жіберу кезегіне байланысты сөз шықты. "
            "Ешкім жарақат алған жоқ, екі жақ та әңгімеге келуге дайын."
        ),
        "word": "арыққа",
        "venue": "Мысалбұлақ ауыл клубы",
        "heading": "Ағын су кезегі туралы",
        "matter": "Ағын суды бөлу кезегі туралы",
        "speech": "Кезектің кестесін көрнекі жерге іліп қойсақ, реніш азаяды.",
        "decision": "Ағын су кестесі жасалып, ауыл клубына ілінсін.",
    },
    "ru": {
        "village": "село Улгитобе",
        "what_happened": (
            "Двое соседей поспорили об очереди на поливную воду из арыка. "
            "Никто не пострадал, обе стороны готовы к разговору."
        ),
        "word": "арыка",
        "venue": "сельский клуб Мысалбулака",
        "heading": "Об очереди на поливную воду",
        "matter": "О порядке распределения поливной воды",
        "speech": "Если вывесить график на видном месте, обид станет меньше.",
        "decision": "Составить график полива и вывесить его в сельском клубе.",
    },
    "en": {
        "village": "Ulgitobe village",
        "what_happened": (
            "Two neighbours quarrelled over whose turn it was to take water from the ditch. "
            "Nobody was hurt, and both sides are ready to talk."
        ),
        "word": "ditch",
        "venue": "Mysalbulak village club",
        "heading": "Turns for irrigation water",
        "matter": "The order of sharing irrigation water",
        "speech": "If the timetable hangs where everyone sees it, there will be less resentment.",
        "decision": "To draw up a timetable for irrigation water and put it up in the village club.",
    },
}
"""By language; every person and place is invented."""
