"""Syntax to the typed tree: kinds, names, terms; the exact words of every refusal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.language import tree as t
from engine.language.check import check
from engine.language.parser import DEEPEST
from engine.language.vocabulary import Term, Vocabulary
from engine.model.errors import ExpressionError
from tests.engine.small import SCHEMA, tree

K = t.Kind


def _error(text: str, kind: t.Kind = K.BOOL, subject: str = "thing") -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        tree(text, kind, subject)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        # names
        ("thing.flagg", 7, "“事项”没有字段“flagg”，是否指“flag”？"),
        ("thing.group.om", 7, "“事项”没有字段“group.om”，是否指“group.on”？"),
        ("thing.qqqq", 7, "“事项”没有字段“qqqq”"),
        ("thin.flag", 1, "未知的名字“thin”，是否指“thing”？"),
        ("part.ok", 1, "未知的名字“part”，是否指“parent”？"),
        ("True", 1, "未知的名字“True”，是否指“true”？"),
        ("thing.word == null", 15, "没有“null”这个值；有没有填请写 has(字段)"),
        ("thing", 1, "“事项”是一条记录，请写明字段"),
        ("thing.group", 1, "“group”是一组字段，请写明其中一个字段"),
        ("has(thing.group)", 5, "“group”是一组字段，请写明其中一个字段"),
        ("parent.flag", 1, "“事项”没有上级记录"),
        ("thing.parent.flag", 7, "“事项”没有上级记录"),
        ("term.bigg", 6, "未知的术语“bigg”，是否指“big”？"),
        ("term.big.n", 1, "写法是 term.名称"),
        ("param.most_day == 1", 7, "未知的参数“most_day”，是否指“most_days”？"),
        ("place.levle == '县级'", 7, "“本地”没有字段“levle”，是否指“level”？"),
        # functions
        ("dayz(thing.on, as_of) > 1", 1, "未知的函数“dayz”，是否指“days”？"),
        ("workday(thing.on, as_of) > 1", 1, "未知的函数“workday”，是否指“workdays”？"),
        ("not(thing.flag)", 1, "未知的函数“not”，请写 !"),
        ("thing.parts.any(p, p.ok)", 13, "清单没有“any”"),
        ("thing.parts.exist(p, p.ok)", 13, "清单没有“exist”，是否指“exists”？"),
        (
            "thing.word.matches('^a')",
            12,
            "没有“matches”，不能按字面匹配，请用 == 或 in 列出取值",
        ),
        (
            "thing.word.contains('a')",
            12,
            "没有“contains”，不能按字面匹配，请用 == 或 in 列出取值",
        ),
        ("days(thing.on) > 1", 1, "要2个参数，写了1个"),
        ("has() && true", 1, "要1个参数，写了0个"),
        ("max(1) > 0", 1, "max() 至少要两个参数"),
        ("0 < min(1)", 5, "min() 至少要两个参数"),
        ("0 < max(1)", 5, "max() 至少要两个参数"),
        ("thing.flag && min(1, thing.on) > 0", 22, "整数与日期不是一类，不能放在一起"),
        ("thing.flag && max(1, 2, thing.on) > 0", 25, "整数与日期不是一类，不能放在一起"),
        ("thing.flag && min(1, thing.word) > 0", 22, "这里要整数或数或日期或时刻，得到的是文字"),
        ("true && at_least(1, thing.parts, p) ", 9, "要4个参数，写了3个"),
        ("true && at_least(1, thing.n, p, p.ok)", 21, "这里要清单，得到的是整数"),
        ("true && at_least(1, thing.parts, 2, true)", 34, "这里要一个变量名"),
        ("true && at_least(1, thing.parts, p, p.n)", 37, "这里要是非，得到的是整数"),
        ("1 < sum(thing.parts, p)", 5, "要3个参数，写了2个"),
        ("1 < sum(thing.n, p, p.n)", 9, "这里要清单，得到的是整数"),
        ("1 < sum(thing.parts, 2, 1)", 22, "这里要一个变量名"),
        ("1 < sum(thing.parts, p, p.ok)", 25, "这里要整数或数，得到的是是非"),
        ("1 < size(thing.parts, 1)", 5, "要1个参数，写了2个"),
        ("true && has(thing.on, 1)", 9, "要1个参数，写了2个"),
        ("as_of > date(2024, 1)", 9, "要3个参数，写了2个"),
        ("as_of > date(2024, 1, thing.n)", 20, "月和日须是常数"),
        ("as_of > date(2024, 1, 1.5)", 23, "这里要整数，得到的是数"),
        ("true && thing.parts.all(p, p.n)", 28, "这里要是非，得到的是整数"),
        ("true && thing.n.all(p, true)", 9, "这里要清单，得到的是整数"),
        ("thing.parts.all(p.ok)", 1, "要2个参数，写了1个"),
        ("has(1)", 5, "has() 里只能写一个字段"),
        ("has(thing.n + 1)", 5, "has() 里只能写一个字段"),
        ("has(term.big)", 5, "has() 里只能写一个字段"),
        # enumerations
        ("thing.kind == '丁'", 15, "没有“丁”这个取值"),
        ("'丁' == thing.kind", 1, "没有“丁”这个取值"),
        ("thing.kind in ['甲', '丁']", 21, "没有“丁”这个取值"),
        ("thing.tags.exists(x, x == '黄')", 27, "没有“黄”这个取值"),
        # kinds
        ("3", 1, "这里要是非，得到的是整数"),
        ("thing.n && true", 1, "这里要是非，得到的是整数"),
        ("!thing.n", 2, "这里要是非，得到的是整数"),
        ("thing.on > 3", 12, "日期与整数不是一类，不能放在一起"),
        ("thing.on == '2024-05-01'", 13, "日期与文字不是一类，不能放在一起"),
        ("thing.at <= as_of", 13, "时刻与日期不是一类，不能放在一起"),
        ("thing.parts == 1", 16, "清单与整数不是一类，不能放在一起"),
        ("thing.parts == thing.parts", 1, "清单不能比较；清单请用 size()、all、exists"),
        ("thing.flag > true", 1, "是非没有大小先后，只能用 == 和 !="),
        ("thing.word < '乙'", 1, "文字没有大小先后，只能用 == 和 !="),
        ("thing.n + thing.word > 1", 11, "这里要整数或数，得到的是文字"),
        ("-thing.word > 1", 2, "这里要整数或数，得到的是文字"),
        ("thing.on + 3 > as_of", 1, "这里要整数或数，得到的是日期"),
        ("thing.n * thing.m > 1", 11, "乘法只能乘以常数"),
        ("size(thing.word) > 1", 6, "这里要清单，得到的是文字"),
        ("thing.word.size() > 1", 1, "这里要清单，得到的是文字"),
        ("size(thing.flag ? thing.parts : thing.parts) > 1", 6, "这里要一个清单字段"),
        ("size(thing.parts).x > 1", 19, "只能从记录上取字段"),
        ("thing.flag ? 1 : '二'", 18, "整数与文字不是一类，不能放在一起"),
        ("thing.amount in [1]", 1, "这里要文字或整数，得到的是数"),
        ("thing.n in [1, '二']", 16, "这里要整数，得到的是文字"),
        ("thing.n in []", 1, "in 后面的列举是空的"),
        ("add_days(thing.on, 1.5) > as_of", 20, "这里要整数，得到的是数"),
        ("add_days(thing.on, min(1, 2.5, 3)) > as_of", 20, "这里要整数，得到的是数"),
        ("at_least(1.5, thing.parts, p, p.ok)", 10, "这里要整数，得到的是数"),
        # numbers and days
        ("thing.amount > 1.23456", 16, "数须小于2147483648，小数不超过4位"),
        ("thing.n > 2147483648", 11, "数须小于2147483648，小数不超过4位"),
        ("as_of > date(2023, 2, 29)", 9, "没有这一天"),
        ("as_of > date(2024, 13, 1)", 9, "没有这一天"),
        ("as_of > date(thing.n, 2, 29)", 9, "不是每年都有这一天"),
        ("as_of > date(2024, thing.n, 1)", 20, "月和日须是常数"),
        # macros
        ("thing.parts.all(thing, true)", 17, "变量名“thing”已经用了，请换一个"),
        ("thing.parts.all(term, true)", 17, "变量名“term”已经用了，请换一个"),
        (
            "thing.parts.all(p, p.leaves.all(p, true))",
            33,
            "变量名“p”已经用了，请换一个",
        ),
        ("thing.parts.all(1, true)", 17, "这里要一个变量名"),
        ("thing.tags.all(x, x.y == 1)", 21, "“x”是文字，没有字段"),
        (
            "sum(thing.parts, p, -p.n) > 1",
            21,
            "sum() 只能加不会为负的数（字段、常数及其和、倍数）",
        ),
        (
            "sum(thing.parts, p, p.n - 1) > 1",
            21,
            "sum() 只能加不会为负的数（字段、常数及其和、倍数）",
        ),
    ],
)
def test_wrong_expression_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    error = _error(text)
    assert (error.column, error.reason) == (column, message)


def test_term_of_another_record_type_is_refused() -> None:
    error = _error("thing.parts.all(p, p.leaves.all(l, l.ok)) && term.of_part", subject="thing")
    assert error.reason.startswith("未知的术语“of_part”")
    terms = {"of_part": Term("part", "分项的", "part.ok")}
    with pytest.raises(ExpressionError, match="术语“of_part”说的是“part”，这里没有这种记录"):
        check("term.of_part", "thing", K.BOOL, Vocabulary(SCHEMA, terms))


def test_term_that_uses_itself_is_refused() -> None:
    terms = {"a": Term("thing", "甲", "term.b"), "b": Term("thing", "乙", "!term.a")}
    with pytest.raises(ExpressionError, match="术语“a”用到了它自己"):
        check("term.a", "thing", K.BOOL, Vocabulary(SCHEMA, terms))


def test_terms_cannot_explode() -> None:
    # Twice the one below, forty times over: 2^40 parts if it were inlined.
    terms = {f"t{n}": Term("thing", "层", f"term.t{n + 1} && term.t{n + 1}") for n in range(40)}
    terms["t40"] = Term("thing", "底", "thing.flag")
    with pytest.raises(ExpressionError, match="连同术语超过10000个部分"):
        check("term.t0", "thing", K.BOOL, Vocabulary(SCHEMA, terms))


def test_terms_cannot_nest_without_end() -> None:
    terms = {f"t{n}": Term("thing", "层", f"!!!term.t{n + 1}") for n in range(40)}
    terms["t40"] = Term("thing", "底", "thing.flag")
    with pytest.raises(ExpressionError, match=f"连同术语嵌套超过{DEEPEST}层"):
        check("term.t0", "thing", K.BOOL, Vocabulary(SCHEMA, terms))


def test_a_chain_makes_no_tree_too_deep_to_walk() -> None:
    tree("1" + " + 1" * 90 + " > 0")
    assert _error("1" + " + 1" * 4000 + " > 0").reason == (f"嵌套或连加超过{DEEPEST}层，请分成几条")
    tree(" && ".join(["true"] * 2000))  # conjunctions are flat


# typed trees


def test_field_paths_resolve_to_record_field_and_kind() -> None:
    on = tree("thing.group.on", K.DATE)
    assert on == t.Path("thing", 0, "thing", "group.on", K.DATE)
    assert tree("has(thing.parts)") == t.Has(
        t.Path("thing", 0, "thing", "parts", K.RECORDS, "part")
    )
    assert tree("has(thing.tags)") == t.Has(t.Path("thing", 0, "thing", "tags", K.STRINGS))


def test_parent_climbs_from_the_subject() -> None:
    flag = t.Path("part", 1, "thing", "flag", K.BOOL)
    assert tree("parent.flag", subject="part") == flag
    assert tree("part.parent.flag", subject="part") == flag
    up_two = t.Path("leaf", 2, "thing", "flag", K.BOOL)
    assert tree("parent.parent.flag", subject="leaf") == up_two


def test_parent_climbs_from_an_element() -> None:
    node = tree("thing.parts.all(p, p.parent.flag)")
    assert isinstance(node, t.Quantifier)
    assert node.body == t.Path(node.var, 1, "thing", "flag", K.BOOL)


def test_term_is_inlined_under_its_title_from_a_child_too() -> None:
    direct = tree("term.big")
    assert direct == t.Named(
        "big",
        "大事项",
        t.Compare(">=", t.Path("thing", 0, "thing", "n", K.INT), t.Lit(10, K.INT)),
        K.BOOL,
    )
    from_child = tree("term.big", subject="part")
    assert isinstance(from_child, t.Named)
    assert from_child.item == t.Compare(
        ">=", t.Path("part", 1, "thing", "n", K.INT), t.Lit(10, K.INT)
    )


def test_variables_of_one_name_are_kept_apart() -> None:
    node = tree("thing.parts.all(p, p.ok) && thing.parts.exists(p, p.ok)")
    assert isinstance(node, t.And)
    first, second = node.items
    assert isinstance(first, t.Quantifier)
    assert isinstance(second, t.Quantifier)
    assert first.var != second.var


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 + 2", K.INT),
        ("1 + 2.5", K.NUMBER),
        ("thing.n * 2", K.INT),
        ("2 * thing.n", K.INT),
        ("thing.n * 0.5", K.NUMBER),
        ("-thing.n", K.INT),
        ("min(1, 2, 3)", K.INT),
        ("min(1, 2.5, 3)", K.NUMBER),  # not the kind of the last two alone
        ("min(1, 2, 3.5)", K.NUMBER),
        ("max(2.5, 1, 3)", K.NUMBER),
        ("max(thing.on, thing.until)", K.DATE),
        ("thing.flag ? 1 : 2.5", K.NUMBER),
        ("thing.flag ? thing.on : as_of", K.DATE),
        ("days(thing.on, as_of)", K.INT),
        ("hours(thing.at, thing.then)", K.NUMBER),
        ("deadline(add_days(thing.on, 15))", K.DATE),
        ("date(thing.n + 1, 3, 1)", K.DATE),
        ("sum(thing.parts, p, p.n)", K.INT),
        ("sum(thing.parts, p, p.n * 0.5)", K.NUMBER),
        ("size(thing.parts)", K.INT),
        ("param.most_days", K.INT),
        ("param.share", K.NUMBER),
    ],
)
def test_kinds(text: str, kind: t.Kind) -> None:
    assert tree(text, kind).kind is kind
    if kind is K.NUMBER:
        assert _error(text, K.INT).reason == "这里要整数，得到的是数"


def test_literals() -> None:
    assert tree("date(2024, 2, 29)", K.DATE) == t.Lit(dt.date(2024, 2, 29), K.DATE)
    assert tree("-1.5", K.NUMBER) == t.Lit(Decimal("-1.5"), K.NUMBER)
    assert tree("'甲' == '甲'") == t.Compare("==", t.Lit("甲", K.STRING), t.Lit("甲", K.STRING))


def test_at_least_is_a_size_with_a_lower_bound() -> None:
    node = tree("at_least(2, thing.parts, p, p.ok)")
    assert isinstance(node, t.Compare)
    assert (node.op, node.right) == (">=", t.Lit(2, K.INT))
    assert isinstance(node.left, t.Size)
    assert isinstance(node.left.source, t.Filter)


def test_whole_numbers_pass_where_a_number_is_wanted() -> None:
    assert tree("1", K.NUMBER).kind is K.INT


def test_walk_visits_every_part_in_reading_order() -> None:
    node = tree("thing.flag && thing.n > 2")
    kinds = [type(part).__name__ for part in t.walk(node)]
    assert kinds == ["And", "Path", "Compare", "Path", "Lit"]


@pytest.mark.parametrize(
    "body",
    ["p.n", "p.n + 1", "1 + p.n", "p.ok ? p.n : 0", "2 * p.n", "0", "p.n * 0", "size(p.leaves)"],
)
def test_what_a_sum_may_add(body: str) -> None:
    tree(f"sum(thing.parts, p, {body}) >= 1")


@pytest.mark.parametrize(
    "body",
    [
        *("p.n - 1", "p.n + -1", "-1 + p.n", "-1", "-1 * p.n", "-p.n", "2 * (p.n - 1)"),
        *("p.ok ? p.n : -1", "p.ok ? -1 : p.n", "min(p.n, 1)"),
    ],
)
def test_a_sum_adds_nothing_that_could_be_negative(body: str) -> None:
    """Would break if an open list's sum, taken as at least what was seen, could still fall."""
    error = _error(f"sum(thing.parts, p, {body}) >= 1")
    assert error.reason == "sum() 只能加不会为负的数（字段、常数及其和、倍数）"
