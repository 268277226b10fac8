"""What is done with files that came in: the exchange workbook, and lists of people."""
