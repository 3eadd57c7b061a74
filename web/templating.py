"""Templates of the page: the reporter's own pieces among them, nothing from a ledger comes alive.

模板：网页怎样填写；闸门、时间表、问题用 reporter 的模板，说法一样。
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import Environment, FunctionLoader, StrictUndefined

from engine.model.shipped import shipped_text
from reporter.documents.templating import TEMPLATES, WORDS, shown
from web.may import MAY
from web.models import Person, Role

_HERE: Final = Path(__file__).parent / "templates"

NAVIGATION: Final = (
    ("home", "", "首页"),
    ("upload", "", "上传"),
    ("decisions", "", "决策"),
    ("records", "documents", "规范性文件"),
    ("records", "certificates", "执法证件"),
    ("records", "cases", "执法案件"),
    ("report", "", "年度报告"),
    ("findings", "", "问题"),
    ("blanks", "", "待填"),
    ("waivers", "", "豁免"),
    ("history", "", "历史"),
    ("rules", "", "规则"),
    ("chief", "", "局长页"),
    ("log", "", "日志"),
    ("people", "", "人员"),
    ("tokens", "", "接口"),
)
"""The pages that stand in the head, as far as somebody may see them."""


DOMAINS: Final = {
    "decision": "重大行政决策",
    "normative-doc": "规范性文件",
    "certificate": "执法证件",
    "enforcement": "行政执法",
    "annual-report": "年度报告",
    "other": "其他",
}
"""What the groups of requirements are called."""


def _template(name: str) -> str | None:
    """The page's own template of this name, else that of the result's; None: another's."""
    found = (place for place in (_HERE / name, TEMPLATES / name) if place.exists())
    return next(map(shipped_text, found), None)


def environment(**_: object) -> Environment:
    """Every value is escaped, hidden characters are made visible."""
    made = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    made.globals.update(
        WORDS, domain_titles=DOMAINS, static=static, url=reverse, role_titles=dict(Role.choices)
    )
    made.filters.update(when=lambda at: f"{localtime(at):%Y-%m-%d %H:%M}" if at else "")
    return made


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What every page has around it."""
    person = request.user if isinstance(request.user, Person) else None
    found = request.resolver_match
    return {
        "person": person,
        "navigation": [
            (reverse(name, args=[kind] if kind else None), title)
            for name, kind, title in NAVIGATION
            if person and person.role in MAY[name]
        ],
        "here": "" if found is None else request.path,
        "notices": get_messages(request),
        "may": lambda name: person is not None and person.role in MAY[name],
    }
