"""Sentences about spreadsheets that are taken in (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

TABLE_TEXTS: dict[str, str] = {
    "table.column_missing": N_(
        "The table has no column “{name}”. Its columns: {known}. Nothing was taken in. Correct the heading or "
        "the map."
    ),
    "table.empty": N_(
        "The table holds no rows beneath its headings. Nothing was taken in. Check the file and the sheet."
    ),
    "table.heading_twice": N_(
        "Two columns have the same heading: {name}. Nothing was taken in. Rename one of them in the file."
    ),
    "table.map_wrong": N_(
        "The map of the columns is wrong here: {name}. Nothing was taken in. Compare it with the example in "
        "the help."
    ),
    "table.name_shared": N_(
        "Several records have the name “{value}”. Kind: {kind}. Write the identifier, the number or the KATO code."
    ),
    "table.name_unknown": N_(
        "No record has the name “{value}”. Kind: {kind}. Record it first, or write the name as it stands there."
    ),
    "table.no_such_sheet": N_("The file has no sheet “{name}”. Its sheets: {known}. Nothing was taken in."),
    "table.not_a_table": N_(
        "This file is not a spreadsheet that can be read, or it is damaged. Nothing was taken in. Save it as XLSX "
        "or CSV and try again."
    ),
    "table.nothing_fits": N_(
        "No column has the name of a field. Columns of the table: {known}. Nothing was taken in. Say which column "
        "is which field."
    ),
    "table.nothing_new": N_("There is nothing new in the table. Rows that are here already: {count}."),
    "table.old_or_locked": N_(
        "The file is an old XLS or has a password, and cannot be read. Nothing was taken in. Save it as XLSX "
        "without a password."
    ),
    "table.rows_refused": N_(
        "Rows that cannot be taken in: {count}, the first in line {line}. Nothing was taken in. Look at the "
        "preview and correct the table, or leave those rows out."
    ),
    "table.too_large": N_(
        "The table is too large: at most 50,000 rows, 200 columns and 20 MB. Nothing was taken in. Divide it."
    ),
}
"""By code."""
