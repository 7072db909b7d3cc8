"""The window's room of the audit trail: who opened, printed, sent; and whether everything is sound."""
