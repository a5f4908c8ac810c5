"""What kind of meeting a text tells of, whose, when, and who did what there."""
