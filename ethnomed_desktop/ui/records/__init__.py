"""Pages that every kind of record shares: list, form, card, history; features configure them."""
