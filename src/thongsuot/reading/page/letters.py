"""Capital letters of Vietnamese, for use inside a regular expression's brackets."""

CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1F00)) if letter.isupper())
