"""Draw the program's icon in all sizes: ``draw_icons.py ICON.svg FOLDER``; called with the build environment."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw(source: Path, folder: Path) -> None:
    """Write ``NxN.png`` into the folder for each size."""
    renderer = QSvgRenderer(str(source))
    assert renderer.isValid()
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        assert image.save(str(folder / f"{size}x{size}.png"))


if __name__ == "__main__":
    _application = QGuiApplication(sys.argv[:1])
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
