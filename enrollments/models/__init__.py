"""Participation of people in classes: one row is one person in one class."""

from .enrollment import FACTS, OUTCOME_FACTS, Enrollment

__all__ = ["FACTS", "OUTCOME_FACTS", "Enrollment"]
