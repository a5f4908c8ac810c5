"""Workbooks of a unit: template, reading, difference. Plain values (content) in the middle."""
