"""Capital letters of Vietnamese: for use inside a regular expression's brackets, and one by one."""

# Ranges where the code points allow: a class of single letters compiles ten times slower.
_RANGES = (("A", "Z"), ("À", "Ö"), ("Ø", "Ý"))
_SINGLE = "ĂĐĨŨƠƯÐÑŎĬŬ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
CAPITALS = "".join(f"{first}-{last}" for first, last in _RANGES) + _SINGLE
CAPITAL_LETTERS = frozenset(
    [*_SINGLE, *(chr(code) for first, last in _RANGES for code in range(ord(first), ord(last) + 1))]
)
