"""JSON without blanks, as lines and state hashes are written, by an encoder that is made once.

`json.JSONEncoder.encode` makes a new encoder at every call, which costs as much as encoding a record.
"""

from __future__ import annotations

import json
import json.encoder
from collections.abc import Callable
from typing import Any

_KEY, _ITEM = ":", ","


def compact(*, sort_keys: bool = False, allow_nan: bool = True) -> Callable[[object], str]:
    """Return a function from a value to its JSON text; letters of all alphabets stay as they are.

    The values must hold no circles: nobody looks for them. Raises `ValueError` for a number that is
    none when ``allow_nan`` is off, `TypeError` for what JSON has no word for.
    """
    plain = json.JSONEncoder(
        ensure_ascii=False,
        check_circular=False,
        allow_nan=allow_nan,
        separators=(_ITEM, _KEY),
        sort_keys=sort_keys,
    )
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # a Python without the quick encoder
        return plain.encode
    quote = json.encoder.encode_basestring
    pieces = make(None, plain.default, quote, None, _KEY, _ITEM, sort_keys, False, allow_nan)
    join = "".join
    return lambda value: join(pieces(value, 0))
