"""prepare and create_admin."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.units.places import city
from thongsuot.audit.models import Event
from thongsuot.site import demo, preparing
from thongsuot.units.dataset import DataSetMissing
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


def ran(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


class TestPrepare:
    def test_says_nothing_but_the_address_when_all_is_there(self) -> None:
        city()
        ran("prepare")
        events = Event.objects.count()
        assert ran("prepare", "--address", "http://127.0.0.1:9").splitlines() == [
            "Thông Suốt: http://127.0.0.1:9"
        ]
        assert Event.objects.count() == events

    def test_builds_the_demonstration_once_and_prints_its_sign_ins(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        city()
        built: list[bool] = []
        monkeypatch.setattr(demo, "is_built", lambda: bool(built))
        monkeypatch.setattr(demo, "build", lambda: built.append(True))
        said = ran("prepare", "--demo") + ran("prepare", "--demo")
        assert built == [True]
        assert said.count("Dựng dữ liệu minh họa") == 1
        assert all(sign_in.username in said for sign_in in demo.SIGN_INS)

    def test_names_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing() -> None:
            raise DataSetMissing("vietnamadminunits")

        monkeypatch.setattr(preparing, "open_dataset", missing)
        with pytest.raises(CommandError, match="vietnamadminunits: chạy lại `make setup`"):
            ran("prepare")


class TestCreateAdmin:
    words = ("--username", "quan.tri", "--full-name", "Lê Văn Trị")

    def test_opens_an_administrator_of_the_province(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THONGSUOT_ADMIN_PASSWORD", "sông xanh núi biếc")
        province = city()
        ran("create_admin", *self.words, "--province", "79")
        mandate = Mandate.objects.get()
        assert (mandate.unit, mandate.role_code) == (province, "administrator")
        assert mandate.user.check_password("sông xanh núi biếc")

    @pytest.mark.parametrize(("province", "password"), [("99", "sông xanh núi biếc"), ("79", "ngắn")])
    def test_refuses_in_one_line(self, monkeypatch: pytest.MonkeyPatch, province: str, password: str) -> None:
        monkeypatch.setenv("THONGSUOT_ADMIN_PASSWORD", password)
        city()
        with pytest.raises(CommandError):
            ran("create_admin", *self.words, "--province", province)
        assert not Mandate.objects.exists()

    def test_asks_for_what_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        city()
        answers = iter(["79", "quan.tri", "Lê Văn Trị"])
        monkeypatch.setattr("builtins.input", lambda _: next(answers))
        monkeypatch.setattr(
            "thongsuot.site.management.commands.create_admin.getpass", lambda _: "sông xanh núi biếc"
        )
        assert "quản trị hệ thống" in ran("create_admin").lower()
