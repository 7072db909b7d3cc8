"""What goes between offices above and below."""
