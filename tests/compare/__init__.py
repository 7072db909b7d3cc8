"""Head to head with programs that people know: KeePassXC, Recoll, LibreOffice, WeasyPrint, Typst.

Not part of the suite: these programs are large. ``make compare`` runs what is installed and names what is not.
"""
