"""Pages of files in and out: the exchange workbook, and lists of people as offices send them."""
