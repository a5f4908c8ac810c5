"""Great-circle distance on the sphere of the contract; for one pair and for all pairs at once."""

import math
from typing import Any

import numpy as np

RADIUS_KM = 6371.0088  # the mean radius of the Earth, IUGG

Array = np.ndarray[Any, Any]


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Haversine; degrees in, kilometres out."""
    a, b = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def hectometres(km: float) -> int:
    """Rounded to 100 m, a half up."""
    return math.floor(km * 10 + 0.5)


def all_kilometres(lat: Array, lon: Array) -> Array:
    """Between every two points, as a square array."""
    a = np.radians(lat)
    x = np.radians(lon)
    h = (
        np.sin((a[None, :] - a[:, None]) / 2) ** 2
        + np.cos(a)[:, None] * np.cos(a)[None, :] * np.sin((x[None, :] - x[:, None]) / 2) ** 2
    )
    return np.asarray(2 * RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h))))


def all_hectometres(km: Array) -> Array:
    return np.floor(km * 10 + 0.5).astype(np.int64)
