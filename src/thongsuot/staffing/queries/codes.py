"""What codes a workbook may use on a day."""

from datetime import date

from django.utils.translation import override

from thongsuot.lawbook.bodies import body_kinds, body_names
from thongsuot.lawbook.locks import lock_cases
from thongsuot.lawbook.positions import places_for_leaders, positions
from thongsuot.lawbook.staffing import secondment_years
from thongsuot.staffing.enums import Block, Category, Degree, HoldingKind, Sex
from thongsuot.staffing.importing.layout import Codes
from thongsuot.staffing.queries.leaders import bodies_led
from thongsuot.staffing.queries.registers import positions_on
from thongsuot.units.enums import Tier
from thongsuot.units.models import Unit
from thongsuot.units.queries import units_on


def codes_on(on: date, receiver: Unit) -> Codes:
    """For workbooks that `receiver` takes in: of itself and of the units under it. Two queries, in Vietnamese."""
    with override("vi"):  # a workbook is in one language, whoever opens it
        found = positions_on(on)
        units = list(units_on(on).exclude(tier=Tier.DISTRICT).order_by("code"))
        choices = {
            "sex": Sex, "category": Category, "kind": HoldingKind, "degree": Degree, "block": Block,
        }  # fmt: skip
        bodies = {code: several for code, position in found.items() if (several := bodies_led(position))}
        led = sorted({code for several in bodies.values() for code in several})
        return Codes(
            on=on,
            positions={code: position.brief for code, position in found.items()},
            units={unit.code: str(unit) for unit in units},
            cases={code: case.name["vi"] for code, case in lock_cases().items()},
            choices={
                **{
                    name: {str(code): str(words) for code, words in of.choices}
                    for name, of in choices.items()
                },
                "body": {code: body_kinds()[code] for code in led},
            },
            pointless=frozenset(
                unit.code for unit in units if unit.latitude is None or unit.longitude is None
            ),
            within=frozenset(unit.code for unit in units if receiver.pk in (unit.pk, unit.parent_id)),
            combinable=frozenset(code for code, position in found.items() if position.combinable),
            blocks={code: position.block for code, position in found.items()},
            most={
                code: most
                for code, one in positions().items()
                if code in found and (most := places_for_leaders(one))
            },
            bodies=bodies,
            called={code: sorted(body_names(code)) for code in led},
            secondment_years=secondment_years(on),
        )
