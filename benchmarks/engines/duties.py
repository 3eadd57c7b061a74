"""What the contenders without a language of three values are given: outcome by outcome, in order.

Written by hand from the requirements. What isn't there is the empty text, 0 for a day, -1 for
yes or no: the conditions are plain Python that `translated` brings into other languages.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Final

AS_OF: Final = "2025-03-10"
ELSE: Final = "True"

Duty = Sequence[tuple[str, str]]
"""Outcomes with their conditions; the first that holds."""

_ACTIVE = "['有效', '暂扣', '失格', '遗失', '过期']"
_STAFF = "['行政编制', '参公事业编制', '事业编制']"
_EXAM = "(exam == '合格' or (exam == '免试' and law_qualification == 1))"
_NO_EXAM = "(exam != '' and exam != '合格' and (exam != '免试' or law_qualification == 0))"
_PUBLIC, _SPECIAL = "public_law_exam", "special_law_exam"
_BOTH = "(public_law_exam == '免试' and special_law_exam == '免试')"
_NOT_BOTH = (
    "((public_law_exam != '' and public_law_exam != '免试') "
    "or (special_law_exam != '' and special_law_exam != '免试'))"
)
_PASSED = f"{_EXAM.replace('exam', _PUBLIC)} and {_EXAM.replace('exam', _SPECIAL)}"
_IN_TIME = f"({_BOTH} or (exam_on > 0 and issued_on > 0 and exam_on <= issued_on))"

OFFICER: Final[Mapping[str, Duty]] = {
    "cert-eligible-staff": (
        ("not_applicable", "active == 0 and unclear == 0"),
        ("unknown", "active == 0"),
        ("met", f"employment_type in {_STAFF} and in_post == 1"),
        ("unknown", f"(employment_type == '' or employment_type in {_STAFF}) and in_post != 0"),
        ("borderline", "ground == 1"),
        ("gap", ELSE),
    ),
    "cert-public-list": (
        ("met", "active > 0 and public_listed == 1"),
        ("not_applicable", "active == 0 and unclear == 0 and public_listed == 0"),
        ("unknown", "active == 0 and unclear > 0"),
        ("unknown", "active == 0 and public_listed == -1"),
        ("unknown", "public_listed == -1"),
        ("gap", ELSE),
    ),
    "cert-reviewer-qualified": (
        ("not_applicable", "is_reviewer != 1 or (first_review_on > 0 and first_review_on < since)"),
        ("unknown", "first_review_on == 0 or law_qualification == -1"),
        ("met", "law_qualification == 1"),
        ("gap", ELSE),
    ),
}
CERTIFICATE: Final[Mapping[str, Duty]] = {
    "cert-cancel-trigger": (
        ("not_applicable", "loss_on == 0"),
        ("met", "collected_on > 0 and cancelled_on > 0"),
        ("pending", "loss_due >= as_of"),
        ("borderline", "cancelled_on == 0"),
        ("unknown", ELSE),
    ),
    "cert-lost": (
        ("not_applicable", "lost_on == 0"),
        ("met", "loss_declared_on > 0"),
        ("pending", "lost_due >= as_of"),
        ("unknown", ELSE),
    ),
    "cert-retiree-match": (
        ("unknown", "status == ''"),
        ("not_applicable", f"not status in {_ACTIVE}"),
        ("met", "hr_status == '在编在职'"),
        ("unknown", "hr_status == ''"),
        ("gap", ELSE),
    ),
    "cert-training-exam": (
        ("gap", "linked == 0"),
        ("gap", _NO_EXAM.replace("exam", _PUBLIC)),
        ("gap", _NO_EXAM.replace("exam", _SPECIAL)),
        ("gap", f"{_NOT_BOTH} and exam_on > 0 and issued_on > 0 and exam_on > issued_on"),
        ("met", f"{_PASSED} and {_IN_TIME}"),
        ("unknown", ELSE),
    ),
}
CASE: Final[Mapping[str, Duty]] = {
    "cert-reviewer-separate": (
        ("unknown", "review_on == 0"),
        ("gap", "same > 0"),
        ("unknown", "handlers == 0 or nameless > 0 or reviewer_id == ''"),
        ("met", ELSE),
    ),
}
TEXTS: Final = frozenset(
    {"employment_type", "status", "hr_status", _PUBLIC, _SPECIAL, "reviewer_id"}
)
"""The names that are texts; all others are whole numbers."""


def alone(duty: Duty) -> list[tuple[str, str]]:
    """The same with conditions of which exactly one holds, for engines that know no order."""
    found, before = [], []
    for outcome, condition in duty:
        found.append((outcome, " and ".join([*(f"not ({each})" for each in before),
                                             f"({condition})"])))  # fmt: skip
        before.append(condition)
    return found


def names_in(duties: Mapping[str, Duty]) -> list[str]:
    """Every name that the conditions read."""
    nodes = (
        node
        for duty in duties.values()
        for _, condition in duty
        for node in ast.walk(ast.parse(condition, mode="eval"))
    )
    return sorted({node.id for node in nodes if isinstance(node, ast.Name)})


def negated(node: ast.expr, *, deny: bool = False) -> ast.expr:
    """A condition without `not` and `in`, denied if asked for."""
    match node:
        case ast.UnaryOp(ast.Not(), operand):
            return negated(operand, deny=not deny)
        case ast.BoolOp(op, values):
            both = isinstance(op, ast.And) != deny
            joined = ast.And() if both else ast.Or()
            return ast.BoolOp(joined, [negated(each, deny=deny) for each in values])
        case ast.Compare(left, [ast.In()], [ast.List(elts)]):
            each = [ast.Compare(left, [ast.Eq()], [one]) for one in elts]
            return negated(ast.BoolOp(ast.Or(), list(each)), deny=deny)
        case ast.Compare(left, [op], right):
            return ast.Compare(left, [_DENIED[type(op)]() if deny else op], right)
        case ast.Constant(value):
            return ast.Constant(value != deny)
    raise ValueError(ast.dump(node))


_DENIED: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}  # fmt: skip

Written = Callable[[str, list[str]], str]
"""How a language writes an operator, or `name`, `text`, `number` and `list`, of its parts."""


def infix(both: str, either: str, negation: str) -> Written:
    """A language that is written as Python is, but for these three words."""
    words = {"and": both, "or": either}

    def write(operator: str, parts: list[str]) -> str:
        match operator:
            case "and" | "or":
                return "(" + f" {words[operator]} ".join(parts) + ")"
            case "not":
                return f"{negation}({parts[0]})"
            case "name" | "number":
                return parts[0]
            case "text":
                return f"'{parts[0]}'"
            case "list":
                return f"[{', '.join(parts)}]"
            case "true" | "false":
                return operator
            case _:
                return f"({parts[0]} {operator} {parts[1]})"

    return write


def translated(condition: str, write: Written) -> str:
    """A condition in another language."""

    def each(node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op, values):
                return write("and" if isinstance(op, ast.And) else "or", list(map(each, values)))
            case ast.UnaryOp(ast.Not(), operand):
                return write("not", [each(operand)])
            case ast.UnaryOp(ast.USub(), ast.Constant(value)):
                return write("number", [str(-int(value))])  # type: ignore[arg-type]
            case ast.Compare(left, [op], [right]):
                return write(_SIGNS[type(op)], [each(left), each(right)])
            case ast.BinOp(left, ast.Add(), right):
                return write("+", [each(left), each(right)])
            case ast.List(elts):
                return write("list", list(map(each, elts)))
            case ast.Name(name):
                return write("name", [name])
            case ast.Constant(bool(value)):
                return write("true" if value else "false", [])
            case ast.Constant(str(value)):
                return write("text", [value])
            case ast.Constant(value):
                return write("number", [str(value)])
        raise ValueError(ast.dump(node))

    return each(ast.parse(condition, mode="eval").body)


_SIGNS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in",
}  # fmt: skip
