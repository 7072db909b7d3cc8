"""What `build_installer.py` does: one module per stage, each of which can be run and looked at alone."""
