"""Reading a ruleset: what is refused, with file, line and key; when a text is in force."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError, WrongNameError
from engine.model.outcome import Severity
from engine.model.world import Period
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset, Window, act_days, within
from tests.engine.small import SCHEMA

D = dt.date
FIRST, LAST = D.min, D.max

INSTRUMENTS = """\
LAW: {name: 某条例, from: 2020-01-01, read: full}
OLD: {name: 旧办法, from: 2010-01-01, until: 2019-12-31, read: full}
PAPER: {name: 某纲要, from: 2021-08-11, until: 2025-12-31, policy: true, read: full}
"""
REQUIREMENT = """\
id: a-one
title: 办理
subject: thing
basis: [{instrument: LAW, article: 第一条}]
severity: major
act_on: thing.on
require: thing.flag
message: 没有办
remedy: 去办
rationale: 理由
"""


def _load(folder: Path, **files: str) -> Ruleset:
    """A ruleset of these files; `__` in a name is a folder, a text of None leaves a file out."""
    texts = {
        "ruleset": "version: '1'\ntitle: 试\n",
        "instruments": INSTRUMENTS,
        "dom__a-one": REQUIREMENT,
        **files,
    }
    for name, text in texts.items():
        path = folder / (name.replace("__", "/") + ("" if "." in name else ".yaml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(folder, SCHEMA)


def _refused(folder: Path, **files: str) -> tuple[str, int | None, str, str]:
    with pytest.raises(InvalidRulesetError) as caught:
        _load(folder, **files)
    error = caught.value
    return error.file, error.line, error.key, error.reason


def _changed(old: str, new: str) -> dict[str, str]:
    assert old in REQUIREMENT
    return {"dom__a-one": REQUIREMENT.replace(old, new)}


def test_a_small_ruleset_loads(tmp_path: Path) -> None:
    loaded = _load(tmp_path)
    requirement = loaded.requirements["a-one"]
    assert (requirement.domain, requirement.subject, requirement.confirmed) == (
        "dom",
        "thing",
        True,
    )
    (text,) = requirement.texts
    assert text.applies == t.Lit(True, t.Kind.BOOL)
    assert text.windows == text.lawful == (Window(D(2020, 1, 1), LAST),)
    assert requirement.severities.default is Severity.MAJOR


def test_the_digest_is_of_the_files_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert _load(one).sha256 == _load(two).sha256
    changed = _load(tmp_path / "three", **_changed("去办", "快去办"))
    assert changed.sha256 != _load(one).sha256


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "reason"),
    [
        ("thing.flag", "thing.flagg", 7, "require", "“事项”没有字段“flagg”，是否指“flag”？"),
        ("thing.flag", "thing.n", 7, "require", "这里要是非，得到的是整数"),
        ("thing.on", "thing.n", 6, "act_on", "这里要日期，得到的是整数"),
        ("LAW", "LOW", 4, "basis", "没有“LOW”，是否指“LAW”？"),
        ("subject: thing", "subject: thin", None, "", "未知的记录类型“thin”，是否指“thing”？"),
        ("id: a-one", "id: a-two", None, "id", "文件名须与 id“a-two”一致"),
        ("severity: major", "severity: mayor", 5, "severity", "不能是“mayor”"),
        ("title:", "titel:", 2, "titel", "没有“titel”这一项，是否指“title”？"),
        ("remedy: 去办\n", "", 1, "", "缺少 act_on、message 或 remedy"),
        (
            "require: thing.flag\n",
            "require: thing.flag\ncovered_by: [a-one]\n",
            1,
            "",
            "covered_by 只能且必须写在 kind: covered 的要求里",
        ),
        (
            "severity: major",
            "severity: [{level: major}, {level: minor}]",
            1,
            "",
            "severity 逐条写 when，仅最后一条不写（即其余情形）",
        ),
        ("require: thing.flag\n", "", 1, "", "require 只能且必须写在 kind: checked 的要求里"),
        (
            "rationale:",
            "evidence: [thing.onn]\nrationale:",
            10,
            "evidence",
            "没有“onn”，是否指“on”？",
        ),
        (
            "article: 第一条}",
            "article: 第一条, carries: false}",
            None,
            "basis",
            "至少一条依据须能单独承载这项义务（carries）",
        ),
        (
            "article: 第一条}",
            "article: 第一条, until: 2019-06-30}",
            4,
            "basis",
            "“LAW”到2019-06-30为止，早于开始的2020-01-01",
        ),
    ],
)
def test_a_wrong_requirement_is_refused(  # noqa: PLR0913, PLR0917
    tmp_path: Path, old: str, new: str, line: int | None, key: str, reason: str
) -> None:
    file, found_line, found_key, found = _refused(tmp_path, **_changed(old, new))
    assert reason in found
    if file != "a-one":  # the schema's own errors name the record type
        assert file in ("dom/a-one.yaml", "")
    if line is not None:
        assert found_line == line
    if key:
        assert found_key == key


def test_an_instrument_that_a_covered_row_misspells_is_told_by_file(tmp_path: Path) -> None:
    covered = """\
id: a-two
title: 由别条覆盖
kind: covered
subject: thing
basis: [{instrument: LOW, article: 第一条}]
severity: major
rationale: 理由
covered_by: [a-one]
"""
    file, line, key, reason = _refused(tmp_path, **{"dom__a-two": covered})
    assert (file, line, key) == ("dom/a-two.yaml", 5, "basis")
    assert reason == "没有“LOW”，是否指“LAW”？"
    file, _, key, reason = _refused(
        tmp_path, **{"dom__a-two": covered.replace("LOW", "LAW").replace("[a-one]", "[a-on]")}
    )
    assert (file, key, reason) == ("dom/a-two.yaml", "covered_by", "没有“a-on”，是否指“a-one”？")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dom__deeper__b-one", "不会读这个文件：要求写在 <领域>/<id>.yaml"),
        ("dom__b-one.yml", "不会读这个文件：要求写在 <领域>/<id>.yaml"),
        ("instrumnets", "规则集里没有这种文件"),
    ],
)
def test_a_file_that_would_not_be_read_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    """A requirement in the wrong place must not vanish: what is not judged cannot be a gap."""
    file, _, _, found = _refused(tmp_path, **{name: REQUIREMENT})
    assert found == reason
    assert file.startswith(name.split("__", maxsplit=1)[0].split(".", maxsplit=1)[0])


def test_a_file_that_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        load_ruleset(tmp_path, SCHEMA)
    assert (caught.value.file, caught.value.reason) == ("ruleset.yaml", "规则集缺少这个文件")


def test_one_id_in_two_domains_is_refused(tmp_path: Path) -> None:
    file, _, key, reason = _refused(tmp_path, **{"other__a-one": REQUIREMENT})
    assert (file, key, reason) == ("other/a-one.yaml", "id", "“a-one”重复，dom/a-one.yaml 已有")


def test_a_wrong_term_names_its_line(tmp_path: Path) -> None:
    terms = "one: {subject: thing, title: 甲, expr: thing.flag}\ntwo:\n  subject: thing\n"
    terms += "  title: 乙\n  expr: thing.flagg\n"
    file, line, key, reason = _refused(tmp_path, terms=terms)
    assert (file, line, key) == ("terms.yaml", 2, "two")
    assert "“事项”没有字段“flagg”" in reason


# days in force


def _windows(folder: Path, basis: str) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    changed = _changed("[{instrument: LAW, article: 第一条}]", basis)
    (text,) = _load(folder, **changed).requirements["a-one"].texts
    return text.windows, text.lawful


def test_a_duty_is_in_force_while_a_carrying_basis_is(tmp_path: Path) -> None:
    # OLD to 2019-12-31 and LAW from 2020-01-01 adjoin: one window.
    windows, lawful = _windows(
        tmp_path, "[{instrument: LAW, article: 一}, {instrument: OLD, article: 一}]"
    )
    assert windows == lawful == (Window(D(2010, 1, 1), LAST),)


def test_a_gap_between_bases_stays_a_gap(tmp_path: Path) -> None:
    windows, _ = _windows(
        tmp_path,
        "[{instrument: LAW, article: 一, from: 2020-01-02}, {instrument: OLD, article: 一}]",
    )
    assert windows == (Window(D(2010, 1, 1), D(2019, 12, 31)), Window(D(2020, 1, 2), LAST))


def test_what_only_supports_does_not_lengthen(tmp_path: Path) -> None:
    windows, _ = _windows(
        tmp_path,
        "[{instrument: LAW, article: 一}, {instrument: OLD, article: 一, carries: false}]",
    )
    assert windows == (Window(D(2020, 1, 1), LAST),)


def test_an_expired_policy_paper_is_in_force_but_not_lawful(tmp_path: Path) -> None:
    windows, lawful = _windows(tmp_path, "[{instrument: PAPER, article: 一}]")
    assert windows == (Window(D(2021, 8, 11), LAST),)
    assert lawful == (Window(D(2021, 8, 11), D(2025, 12, 31)),)


def test_a_policy_duty_with_an_end_of_its_own_ends_then(tmp_path: Path) -> None:
    windows, _ = _windows(tmp_path, "[{instrument: PAPER, article: 一, until: 2022-12-31}]")
    assert windows == (Window(D(2021, 8, 11), D(2022, 12, 31)),)


VERSIONS = """\
versions:
  - {basis: [{instrument: LAW, article: 旧, from: 2021-01-01}], require: thing.done}
  - {basis: [{instrument: OLD, article: 旧旧}], message: 旧话}
"""


def test_versions_take_turns_the_newest_first(tmp_path: Path) -> None:
    changed = _changed("article: 第一条}", "article: 第一条, from: 2024-08-01}")
    text = changed["dom__a-one"] + VERSIONS + "lenient: thing.flag\nevidence: [thing.flag]\n"
    requirement = _load(tmp_path, **{"dom__a-one": text}).requirements["a-one"]
    assert [entry.windows for entry in requirement.texts] == [
        (Window(D(2024, 8, 1), LAST),),
        (Window(D(2021, 1, 1), D(2024, 7, 31)),),
        (Window(D(2010, 1, 1), D(2019, 12, 31)),),
    ]
    newest, middle, oldest = requirement.texts
    # What reads `require` is not taken over where `require` differs.
    assert newest.lenient is not None
    assert middle.lenient is None
    assert (newest.evidence, middle.evidence) == (frozenset({("thing", "flag")}), frozenset())
    assert oldest.lenient is not None
    assert (middle.message, oldest.message) == ("没有办", "旧话")


@pytest.mark.parametrize("start", ["2024-08-01", "2024-09-01"])
def test_an_older_text_that_never_held_is_refused(tmp_path: Path, start: str) -> None:
    changed = _changed("article: 第一条}", "article: 第一条, from: 2024-08-01}")
    older = f"versions:\n  - basis: [{{instrument: LAW, article: 旧, from: {start}}}]\n"
    file, line, key, reason = _refused(tmp_path, **{"dom__a-one": changed["dom__a-one"] + older})
    assert (file, line, key) == ("dom/a-one.yaml", 11, "versions")
    assert reason == "较早的文本须早于2024-08-01起施行"


def test_an_older_text_of_a_duty_without_a_first_day_is_refused(tmp_path: Path) -> None:
    """There is no day before the first one: this crashed with an overflow."""
    files = {
        "instruments": INSTRUMENTS + "EVER: {name: 无日期的法, read: none}\n",
        **_changed("LAW", "EVER"),
    }
    files["dom__a-one"] += "versions:\n  - basis: [{instrument: OLD, article: 旧}]\n"
    _, _, key, reason = _refused(tmp_path, **files)
    assert (key, reason) == ("versions", "较早的文本须早于0001-01-01起施行")


@pytest.mark.parametrize(
    ("act", "truth"),
    [
        ((D(2020, 1, 1), D(2020, 12, 31)), True),
        ((D(2019, 12, 31), D(2019, 12, 31)), False),
        ((D(2019, 12, 31), D(2020, 1, 1)), None),
        ((D(2020, 12, 31), D(2021, 1, 1)), None),
        ((D(2021, 1, 1), D(2021, 5, 1)), False),
        ((D(2019, 1, 1), D(2022, 1, 1)), None),
    ],
)
def test_within(act: tuple[dt.date, dt.date], truth: bool | None) -> None:  # noqa: FBT001
    assert within((Window(D(2020, 1, 1), D(2020, 12, 31)),), act) is truth


@pytest.mark.parametrize(
    ("act", "days"),
    [
        ((None, None), (D(2024, 1, 1), D(2024, 12, 31))),
        ((D(2024, 5, 1), D(2024, 5, 31)), (D(2024, 5, 1), D(2024, 5, 31))),
        ((None, D(2024, 5, 31)), (D(2024, 1, 1), D(2024, 5, 31))),
        ((None, D(2023, 5, 31)), (FIRST, D(2023, 5, 31))),  # not that very day
        ((D(2025, 5, 1), None), (D(2025, 5, 1), LAST)),
        ((D(2024, 5, 1), None), (D(2024, 5, 1), D(2024, 12, 31))),
    ],
)
def test_an_unknown_day_is_any_day_of_the_year(
    act: tuple[dt.date | None, dt.date | None], days: tuple[dt.date, dt.date]
) -> None:
    assert act_days(act, 2024) == days


# gates, parameters, profiles


GATES = """\
go:
  title: 放行
  subject: thing
  classification: a-one
  assumes: on
  requirements: [a-one]
"""


def test_gate_loads(tmp_path: Path) -> None:
    gate = _load(tmp_path, gates=GATES).gates["go"]
    assert (gate.subject, gate.assumes, gate.requirements) == ("thing", "on", ("a-one",))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[a-one]", "[a-oen]", "没有“a-oen”，是否指“a-one”？"),
        ("assumes: on", "assumes: om", "没有“om”，是否指“m”？"),
        ("assumes: on", "assumes: thing.on", "没有“thing.on”"),
        (
            "assumes: on",
            "assumes: until",
            "assumes 须是记录已发生之事的日期字段，“until”不是",
        ),
        ("subject: thing", "subject: part", "“a-one”不是关于“part”的要求"),
        ("subject: thing", "subject: thang", "未知的记录类型“thang”，是否指“thing”？"),
    ],
)
def test_wrong_gate_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    """A gate that assumes a day which no field holds would assume nothing, and never open."""
    assert _refused(tmp_path, gates=GATES.replace(old, new))[3].startswith(reason)


def test_the_head_of_the_form_names_fields_of_the_gates_subject(tmp_path: Path) -> None:
    gate = GATES.replace("  assumes: on\n", "")
    form = "事项名称: {field: word}\n承办人签字: {}\n"
    loaded = _load(tmp_path, gates=gate, form=form)
    assert loaded.gates["go"].assumes is None
    assert {title: slot.field for title, slot in loaded.form.items()} == {
        "事项名称": "word",
        "承办人签字": None,
    }
    file, line, key, reason = _refused(tmp_path, gates=gate, form=form.replace("word", "wrod"))
    assert (file, line, key) == ("form.yaml", 1, "事项名称")
    assert reason == "没有“wrod”，是否指“word”？"


HENAN = """\
most_days:
  title: 最多日数
  periods:
    - {value: 10, until: 2023-12-31, confirmed: true}
    - {value: null, from: 2024-01-01}
"""


def test_parameters_hold_by_day_and_null_is_not_set(tmp_path: Path) -> None:
    loaded = _load(tmp_path, parameters__henan=HENAN)
    assert loaded.periods("henan") == {
        "most_days": (Period(FIRST, D(2023, 12, 31), 10, confirmed=True),)
    }
    assert loaded.periods("") == {}
    with pytest.raises(WrongNameError, match="没有“hena”的参数文件，是否指“henan”？"):
        loaded.periods("hena")


def test_a_parameter_that_one_province_sets_in_fractions_is_a_number(tmp_path: Path) -> None:
    """Whichever file comes last: 2.5 days must not pass as a whole number anywhere."""
    for number, (one, two) in enumerate([("2.5", "10"), ("10", "2.5")]):
        files = {
            f"parameters__{name}": HENAN.replace("value: 10", f"value: {text}")
            for name, text in (("aa", one), ("bb", two))
        }
        loaded = _load(tmp_path / str(number), **files)
        assert loaded.vocabulary.params["most_days"] is t.Kind.NUMBER


def test_a_requirement_that_reads_an_unconfirmed_parameter_is_unconfirmed(tmp_path: Path) -> None:
    changed = _changed("thing.flag", "thing.n <= param.most_days")
    doubtful = HENAN.replace("confirmed: true", "confirmed: false")
    loaded = _load(tmp_path, parameters__henan=doubtful, **changed)
    assert not loaded.requirements["a-one"].confirmed


def test_profile_of_unknown_requirement_is_refused(tmp_path: Path) -> None:
    file, _, _, reason = _refused(tmp_path, profiles__p="title: 甲\nrequirements: [a-oen]\n")
    assert (file, reason) == ("profiles/p.yaml", "没有“a-oen”，是否指“a-one”？")


def test_adjustments_lower_every_requirement_of_a_kind(tmp_path: Path) -> None:
    adjustments = (
        "low: {subject: thing, title: 参照, when: thing.flag, "
        "basis: [{instrument: LAW, article: 第九条}]}\n"
    )
    loaded = _load(tmp_path, adjustments=adjustments)
    assert loaded.requirements["a-one"].severities.lower == (
        t.Path("thing", 0, "thing", "flag", t.Kind.BOOL),
    )
