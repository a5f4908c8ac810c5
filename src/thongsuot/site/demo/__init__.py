"""Demonstration data: real units, invented people and papers, built through the actions like any other data."""

from thongsuot.site.demo.building import build, is_built
from thongsuot.site.demo.people import PASSWORD, SIGN_INS

__all__ = ["PASSWORD", "SIGN_INS", "build", "is_built"]
