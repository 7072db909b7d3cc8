"""Round buttons as the pages of the vault use them."""

from ethnomed_desktop.ui.kit.choices import Choices

__all__ = ["Choices"]
