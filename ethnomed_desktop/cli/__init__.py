"""The headless command: text or JSON out, no Qt."""
