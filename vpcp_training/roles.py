"""The roles of users."""

ADMIN, HR, LEADER = "admin", "hr", "leader"
ALL = (ADMIN, HR, LEADER)
