"""Three small pictures in which a camera has written the day, one for each format that is cleaned."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping

PICTURES: Mapping[str, bytes] = {
    "photo.jpg": b64decode(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4QBURXhpZgAATU0AKgAAAAgAAgEOAAIAAAACeAAAAIdpAAQAAAABAAAAJgAAAAAAAZAD"
        "AAIAAAAUAAAAOAAAAAAyMDI2OjA1OjAxIDEwOjAwOjAwAP/bAEMAGxIUFxQRGxcWFx4cGyAoQisoJSUoUTo9MEJgVWVkX1Vd"
        "W2p4mYFqcZBzW12FtYaQnqOrratngLzJuqbHmairpP/AAAsIAAgACAEBEQD/xAAUAAEAAAAAAAAAAAAAAAAAAAAF/8QAFBAB"
        "AAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwBV/9k="
    ),
    "scan.png": b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAATGVYSWZNTQAqAAAACAACAQ4AAgAAAAJ4AAAAh2kABAAAAAEA"
        "AAAmAAAAAAABkAMAAgAAABQAAAA4AAAAADIwMjY6MDU6MDEgMTA6MDA6MDAAUgoevgAAABBJREFUeJxjPMEAAUwMFDEAOgAA"
        "2ITICukAAAAASUVORK5CYII="
    ),
    "page.webp": b64decode(
        "UklGRoQAAABXRUJQVlA4WAoAAAAIAAAABwAABwAAVlA4TBEAAAAvB8ABAAdQ5CIXuf+BiOh/AABFWElGTAAAAE1NACoAAAAI"
        "AAIBDgACAAAAAngAAACHaQAEAAAAAQAAACYAAAAAAAGQAwACAAAAFAAAADgAAAAAMjAyNjowNTowMSAxMDowMDowMAA="
    ),
}
"""By the name of the file; each is a grey square."""
