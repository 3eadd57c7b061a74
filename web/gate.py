"""What stands before every page: who is let in, and what a page may do in the browser.

门口：没有登录的、角色不对的不放进来；网页只能用自己的东西。
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from web.api import token_of
from web.may import ANYONE, API, MAY
from web.models import Person

Next: TypeAlias = Callable[[HttpRequest], HttpResponse]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_CHANGING: Final = frozenset({"password", "logout"})
"""What somebody may do who still has the password that was made for them."""


def inert(get_response: Next) -> Next:
    """No script but our own files, nothing from elsewhere, nothing kept by the browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class Gatekeeper:
    """Lets in who may; what the table doesn't name is for nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: object,
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Turn away who has no business at this address. Raises `PermissionDenied`."""
        found = request.resolver_match
        name = "" if found is None else found.view_name
        if name in ANYONE:
            return None
        if name in API:
            return self._system(request, name)
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return redirect_to_login(request.get_full_path())
        if person.role not in MAY.get(name, frozenset()):
            raise PermissionDenied
        if person.must_change and name not in _CHANGING:
            return redirect("password")
        return None

    def _system(self, request: HttpRequest, name: str) -> HttpResponse | None:
        """Turn away a system without a token, or with one of another role."""
        token = token_of(request)
        if token is None:
            told = {"said": "没有令牌，或者令牌不对；请在 Authorization 里写 Bearer 和令牌"}
            return JsonResponse(told, status=401, headers={"WWW-Authenticate": "Bearer"})
        if token.role not in API[name]:
            return JsonResponse({"said": "这个令牌的角色不能做这件事"}, status=403)
        request.token = token  # type: ignore[attr-defined]
        return None
