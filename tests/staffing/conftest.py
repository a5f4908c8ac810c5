"""A city with two wards and the catalogue of positions."""

import pytest

from tests import people
from tests.conftest import Rows
from tests.staffing.scene import catalogue
from tests.units.places import city, ward
from thongsuot.units.models import Mandate, Unit


@pytest.fixture(scope="module")
def positions(module_rows: Rows) -> None:
    """The catalogue that comes with the system, loaded once for the module."""
    with module_rows():
        catalogue()


@pytest.fixture
def province(positions: None, db: None) -> Unit:
    return city()


@pytest.fixture
def here(province: Unit) -> Unit:
    return ward(province, "Tân Khánh", "25891")


@pytest.fixture
def there(province: Unit) -> Unit:
    return ward(province, "Bình An", "25892")


@pytest.fixture
def keeper(province: Unit) -> Mandate:
    """Keeps the registers of the whole city."""
    return people.personnel(province)


@pytest.fixture
def own(here: Unit) -> Mandate:
    """Keeps the register of one ward."""
    return people.ward_personnel(here)
