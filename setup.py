"""What lies beside the package: every folder of resources/ and the compiled catalogs (the rest: pyproject.toml)."""

from pathlib import Path

from setuptools import setup

SHARE = Path("share/ethnomed-desktop")
_files = [path for path in Path("resources").rglob("*") if path.is_file()]
_files += Path("translations").glob("*/*.mo")
_folders = sorted({path.parent for path in _files})

setup(
    data_files=[
        (str(SHARE / folder), sorted(str(path) for path in _files if path.parent == folder)) for folder in _folders
    ]
)
