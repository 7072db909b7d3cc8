"""Exchange by files: sending, taking in, who takes part, and what people wrote against each other."""
