"""Who may do what: every address of the page and of the API, and the roles that it is for.

权限：每个地址哪些角色能用，全在一张表里；表里没有的谁也不能用。
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from web.models import Role

ALL: Final = frozenset(Role)
_NOBODYS_UNIT: Final = ALL - {Role.CLERK}
"""Those who see what is of every unit."""
_HANDS_IN: Final = frozenset({Role.CLERK, Role.REVIEWER, Role.ADMIN})
_JUDGES: Final = frozenset({Role.REVIEWER, Role.APPROVER})
_APPROVES: Final = frozenset({Role.APPROVER})
_ADMIN: Final = frozenset({Role.ADMIN})

ANYONE: Final = frozenset({"login", "style"})
"""What can be asked for without having logged in."""

MAY: Final[Mapping[str, frozenset[Role]]] = {
    "logout": ALL,
    "password": ALL,
    "home": ALL,
    "upload": _HANDS_IN,
    "remove": _HANDS_IN,
    "confirm": _NOBODYS_UNIT & _HANDS_IN,
    "original": _NOBODYS_UNIT & _HANDS_IN,
    "example": _ADMIN,
    "check": _HANDS_IN | _JUDGES,
    "progress": ALL,
    "decisions": ALL,
    "decision": ALL,
    "annex": ALL,
    "answer": _JUDGES,
    "document": _NOBODYS_UNIT,
    "blanks": ALL,
    "blanks-file": ALL,
    "records": ALL,
    "checklist": ALL,
    "report": _NOBODYS_UNIT,
    "chief": _NOBODYS_UNIT,
    "rules": ALL,
    "rule": ALL,
    "findings": ALL,
    "finding": ALL,
    "unmask": frozenset({Role.CLERK}) | _JUDGES,
    "assign": _JUDGES,
    "hand-in": frozenset({Role.CLERK}) | _JUDGES,
    "evidence": ALL,
    "close": _APPROVES,
    "waive": _APPROVES,
    "waivers": _NOBODYS_UNIT,
    "revoke": _APPROVES,
    "history": _NOBODYS_UNIT,
    "run": _NOBODYS_UNIT,
    "replay": _NOBODYS_UNIT - {Role.LEADER},
    "compare": _NOBODYS_UNIT,
    "log": _NOBODYS_UNIT,
    "log-file": _NOBODYS_UNIT,
    "people": _ADMIN,
    "tokens": _ADMIN,
    "revoke-token": _ADMIN,
    "person": _ADMIN,
    "api:openapi-json": ALL,
    "api:openapi-view": ALL,
}

API: Final[Mapping[str, frozenset[Role]]] = {
    "api:files": _HANDS_IN - {Role.CLERK},
    "api:ask": (_HANDS_IN | _JUDGES) - {Role.CLERK},
    "api:run": ALL,
    "api:gates": ALL,
    "api:predecision": ALL,
    "api:checklists": ALL,
    "api:outcomes": ALL,
    "api:due": ALL,
    "api:documents": _NOBODYS_UNIT,
    "api:annex": ALL,
}
"""What other systems may ask with a token that has one of these roles."""
