"""From the registers of a day to a plan: the problem, its run, what pages and papers tell of it.

A plan never changes a register. What it proposes becomes a transfer file only by the hand of an officer.
"""
