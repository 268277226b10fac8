"""The records that belong to no app."""

from .change_sets import ChangeSet

__all__ = ["ChangeSet"]
