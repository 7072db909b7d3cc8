"""Display lists and text measuring; no Qt, no reportlab."""
