"""Places to choose from before there is a vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.kit.chooser import Choice

MOST_CHOICES = 30


class SeedPlaces:
    """The territory that every vault starts with."""

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return places whose name in any language has a word that begins so; with no text the regions."""
        wanted = fold(text.strip())
        found = [
            (uid, values)
            for uid, values in self._places().items()
            if (_begins(values, wanted) if wanted else not values.get("parent"))
        ]
        found.sort(key=lambda one: not any(fold(str(one[1].get(name, ""))) == wanted for name in _NAMES))
        return [self._choice(uid, values, current()) for uid, values in found[:MOST_CHOICES]]

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the places with these uids."""
        places = self._places()
        return [self._choice(uid, places[uid], current()) for uid in uids if uid in places]

    def _places(self) -> dict[str, dict[str, Value]]:
        from ethnomed_desktop.app.seeds import seeds

        return {uid_text(uid): values for uid, values in seeds()["place"]}

    def _choice(self, uid: str, values: Mapping[str, Value], words: Catalog) -> Choice:
        above = self._places().get(str(values.get("parent", "")), {})
        return Choice(uid, _name(values, words), _name(above, words))


_NAMES = ("name_kk", "name_ru", "name_en")


def _begins(values: Mapping[str, Value], wanted: str) -> bool:
    return any(
        word.startswith(wanted) or fold(str(values.get(name, ""))).startswith(wanted)
        for name in _NAMES
        for word in fold(str(values.get(name, ""))).split()
    )


def _name(values: Mapping[str, Value], words: Catalog) -> str:
    return str(values.get(f"name_{words.language}") or values.get("name_kk") or "")
