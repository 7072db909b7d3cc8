"""Frozen data in, printed pages out; no database, no Qt."""

from reportlab import rl_config

# Must stand before anything of reportlab's page making is imported: every page begins with this font,
# and a Helvetica that is only named, not embedded, would stay in each file.
rl_config.canvas_basefontname = "Tinos"
