"""A fitting value for every type of field."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.fieldtypes import FieldType, Ref, Refs
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.values import iin_is_sound

WORDS = "Қайрат ауыл Әлия су шабындық Іңкәр ёлка жер спор ҰЛТ Öz 7-мектеп «Бірлік» it's 100% a_b ; -- '".split()


class Values:
    """Makes a fitting value for any type of field."""

    def __init__(self, chance: random.Random, record_of: Callable[[str], str]) -> None:
        self.chance = chance
        self.record_of = record_of

    def words(self, most: int = 4) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, most)))

    def _iin(self) -> str:
        while True:
            head = f"{self.chance.randint(50, 99)}0{self.chance.randint(1, 9)}1{self.chance.randint(0, 9)}"
            text = f"{head}{self.chance.randint(3, 4)}{self.chance.randint(0, 99999):05d}"
            if iin_is_sound(text):
                return text

    def _phone(self) -> str:
        return f"+7701{self.chance.randint(0, 9999999):07d}"

    def one(self, kind: FieldType) -> Any:  # noqa: PLR0912
        """Return a value for a field of this type."""
        chance = self.chance
        day = f"20{chance.randint(10, 27)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        match kind.name:
            case "text" | "long_text":
                text = self.words() if kind.name == "text" else f"{self.words(9)}\n\n{self.words(9)}"
                return text[: getattr(kind, "limit", 50)].strip() or "а"
            case "phone":
                return self._phone()
            case "iin":
                return self._iin()
            case "whole":
                low, high = getattr(kind, "low", 0), getattr(kind, "high", 9)
                return chance.choice([low, high, chance.randint(low, min(high, low + 9))])
            case "real":
                return round(chance.uniform(-80, 80), 4)
            case "flag":
                return chance.random() < 0.5
            case "day":
                return day
            case "when":
                return chance.choice([day, day[:7], day[:4]])
            case "time":
                return f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
            case "moment":
                return f"{day}T{chance.randint(0, 23):02d}:30"
            case "code":
                return chance.choice(list(CODE_LISTS[getattr(kind, "list_name", "")].by_code))
            case "ref":
                assert isinstance(kind, Ref)
                return self.record_of(kind.kind)
            case "any_ref":
                return self.record_of(chance.choice(["incident", "person"]))
            case "tags":
                return chance.sample(WORDS, chance.randint(0, 3))
            case "phones":
                return [self._phone() for _ in range(chance.randint(0, 2))]
            case "codes":
                return chance.sample(list(CODE_LISTS[getattr(kind, "list_name", "")].by_code)[:4], 2)
            case "refs":
                assert isinstance(kind, Refs)
                return [self.record_of(kind.kind) for _ in range(chance.randint(0, 2))]
        raise AssertionError(f"a new type of field without a value here: {kind.name}")

    def some(self, kind: Kind, most: int = 5) -> dict[str, Any]:
        """Return values for some fields of the kind."""
        fields = self.chance.sample(kind.all_fields, self.chance.randint(1, min(most, len(kind.all_fields))))
        return {field.name: field.type.checked(self.one(field.type)) for field in fields}
