"""A return as an Excel workbook: filled in without a line, and read back cell by cell."""
