"""Writes that lock what they are about and refuse what no constraint can."""

from .publishing import create_draft, discard_draft, restore, save_draft, take_step

__all__ = ["create_draft", "discard_draft", "restore", "save_draft", "take_step"]
