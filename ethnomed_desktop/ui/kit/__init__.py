"""Building blocks of all windows: fields, pages, lists, bars, themes."""
