from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator together with a mandate; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
