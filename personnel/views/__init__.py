"""Pages of staff, units and accounts."""
