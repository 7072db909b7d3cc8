"""Qt's own words that its catalogs lack or word badly; ours stand over them (msgctxt: Qt's context).

Asked of PySide6 6.11 by opening fourteen standard dialogs: Kazakh lacks none, Russian these. Cancel
is «Болдырмау» everywhere: Qt's «Бас тарту» also means refusal of mediation. A folder is «қалта», «папка», never
«бума», «каталог», and the one above it is not its parents' («ата-ана бумасы»).
"""

from __future__ import annotations

from ethnomed_desktop.i18n.current import pgettext


def overlaid_words() -> list[str]:
    """Return our wording of each, in the interface language; naming them puts them into the catalogs."""
    return [
        pgettext("QPlatformTheme", "Cancel"),
        pgettext("QProgressDialog", "Cancel"),
        pgettext("QWizard", "Cancel"),
        pgettext("QDialogButtonBox", "Cancel"),
        pgettext("QFileDialog", "Look in:"),
        pgettext("QFileDialog", "&Look in:"),
        pgettext("QFileDialog", "Files of type:"),
        pgettext("QFileDialog", "Files of &type:"),
        pgettext("QFileDialog", "Directory:"),
        pgettext("QFileDialog", "Directories"),
        pgettext("QFileDialog", "&New Folder"),
        pgettext("QFileDialog", "New Folder"),
        pgettext("QFileDialog", "Create New Folder"),
        pgettext("QFileDialog", "Create a New Folder"),
        pgettext("QFileDialog", "Parent Directory"),
        pgettext("QFileDialog", "Go to the parent directory"),
        pgettext("QFileDialog", "Find Directory"),
        pgettext("QFileDialog", "%1\nDirectory not found.\nPlease verify the correct directory name was given."),
        pgettext("QAbstractFileIconProvider", "Drive"),
        pgettext("QAbstractFileIconProvider", "Folder"),
        pgettext("QProgressBar", "%p%"),
        pgettext("QPageSetupWidget", "Page &order:"),
        pgettext("QPageSetupWidget", "Pages &per sheet:"),
        pgettext("QPrintSettingsOutput", "Form"),
        pgettext("QPrintSettingsOutput", "Page &Set:"),
    ]
