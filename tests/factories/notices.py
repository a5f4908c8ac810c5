from datetime import UTC, datetime

import factory

from tests.factories.accounts import UserFactory
from thongsuot.notices.models import Notice


class NoticeFactory(factory.django.DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"task:{n}")
    rung = "told"
    kind = "assigned"
    title = factory.Sequence(lambda n: f"NV-2025-{n:04}: lập danh sách")
    url = "/don-vi/"
    created_at = datetime(2025, 10, 30, 1, 0, tzinfo=UTC)
