"""Participation of people in classes: one row is one person in one class."""

from .enrollment import DECISION_FACTS, FACTS, OUTCOME_FACTS, Enrollment

__all__ = ["DECISION_FACTS", "FACTS", "OUTCOME_FACTS", "Enrollment"]
