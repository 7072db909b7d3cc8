"""Frozen data in, printed pages out; no database, no Qt."""

from reportlab import rl_config
from reportlab.lib.fonts import addMapping

# Must stand before anything of reportlab's page making is imported: every page begins with this font,
# and a Helvetica that is only named, not embedded, would stay in each file. The names alone are
# enough here; the font files are read when the first document is made (`fonts.register`).
rl_config.canvas_basefontname = "Tinos"
addMapping("Tinos", 0, 0, "Tinos")
addMapping("Tinos", 1, 0, "Tinos-Bold")
addMapping("Tinos", 0, 1, "Tinos-Italic")
addMapping("Tinos", 1, 1, "Tinos-BoldItalic")
