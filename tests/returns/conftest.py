"""A city with two wards, a short template, and the people of one ward and of the city."""

import pytest

from tests import people
from tests.conftest import Rows
from tests.returns.scene import OPENED, QUARTER, design
from tests.units.places import city, ward
from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import load_catalogue
from thongsuot.returns.actions import keep_template, open_round
from thongsuot.returns.models import Return, ReturnTemplate, Round
from thongsuot.units.models import Mandate, Unit


@pytest.fixture(scope="module")
def catalogue(module_rows: Rows) -> None:
    """The indicators that come with the system, loaded once for the module."""
    with module_rows():
        load_catalogue(by=SYSTEM)


@pytest.fixture
def province(catalogue: None, db: None) -> Unit:
    return city()


@pytest.fixture
def here(province: Unit) -> Unit:
    return ward(province, "Tân Khánh", "25891")


@pytest.fixture
def there(province: Unit) -> Unit:
    return ward(province, "Bình An", "25892")


@pytest.fixture
def officer(province: Unit) -> Mandate:
    return people.officer(province)


@pytest.fixture
def clerk(here: Unit) -> Mandate:
    return people.clerk(here)


@pytest.fixture
def head(here: Unit) -> Mandate:
    return people.ward_leader(here)


@pytest.fixture
def template(province: Unit, officer: Mandate) -> ReturnTemplate:
    return keep_template(by=officer, issuer=province, design=design())


@pytest.fixture
def called(template: ReturnTemplate, officer: Mandate, here: Unit, there: Unit, clerk: Mandate) -> Round:
    assert OPENED
    return open_round(by=officer, template=template, name=QUARTER)


@pytest.fixture
def row(called: Round, here: Unit) -> Return:
    return Return.objects.get(round=called, unit=here)
