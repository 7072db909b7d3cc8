"""The section Notes in confidence: one's own notes, sealed, until they are released."""
