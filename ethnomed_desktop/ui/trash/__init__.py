"""What was withdrawn, and taking it back."""
