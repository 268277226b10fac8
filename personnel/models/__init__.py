"""People of the office: units, staff, postings, and the accounts that use the system."""

from .account import ExportLog, User
from .staff import Position, Posting, Rank, Staff
from .unit import Unit

__all__ = ["ExportLog", "Position", "Posting", "Rank", "Staff", "Unit", "User"]
