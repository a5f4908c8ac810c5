"""Demonstration data: real units, invented people and papers, built through the actions like any other data."""

import gc

from thongsuot.site.demo.people import PASSWORD, SIGN_INS

__all__ = ["PASSWORD", "SIGN_INS", "build", "is_built", "is_in_use"]


def is_built() -> bool:
    from thongsuot.site.demo import building  # noqa: PLC0415  loads the readers: only for the first start

    return building.is_built()


def is_in_use() -> bool:
    from thongsuot.site.demo import building  # noqa: PLC0415  as above

    return building.is_in_use()


def build() -> None:
    from thongsuot.site.demo import building  # noqa: PLC0415  as above

    gc.freeze()  # what is loaded by now stays: no need to look through it for garbage again and again
    try:
        building.build()
    finally:
        gc.unfreeze()
