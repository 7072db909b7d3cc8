"""Words, dates and numbers in Kazakh, Russian and English."""
