"""督察规定第25、32条: what the county's report must say, and that its figures are true."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, MET, Case
from tests.law.city.law import Law, article
from tests.law.city.lawful.report import report
from tests.law.city.names import GOVERNMENT


def _key(law: Law) -> str:
    return f"{GOVERNMENT}/{law.city.year}"


def _written(law: Law, kind: str, **parts: str | None) -> Case:
    return law.fault(kind, key=_key(law), **parts)


def _changed(law: Law, kind: str, part: str, old: str, new: str) -> Case:
    """A passage of the report is written differently."""
    one = _written(law, kind)
    one[part] = str(one[part]).replace(old, new)
    return one


@article("ar-content-five", "督察规定第25条", report, once=True, apart=True)
def contents(law: Law) -> None:
    """报告正文写明举措成效、不足和原因、主要负责人履职、下一年度安排。"""
    _written(law, "正文没有写主要负责人履职", 履职=None)
    law.harmless("四项齐全", key=_key(law))


@article("ar-causes", "督察规定第25条第2项", report, once=True, apart=True)
def causes(law: Law) -> None:
    """写明的不足，都要写明原因。"""
    law.harmless("都有原因", key=_key(law))
    one = law.fault("两条不足，一条没有原因：在原因一节里，转人核", DOUBTFUL, key=_key(law))
    one["不足"] = str(one["不足"]).replace("薄弱，原因是编制有限", "薄弱")


@article("ar-problem-plan-map", "督察规定第25条第2、4项", report, once=True, apart=True)
def plans(law: Law) -> None:
    """不足在下年度安排里有对应的措施。"""
    law.harmless("都有对应", key=_key(law))
    law.harmless("都有对应（再一次）", key=_key(law))
    one = _written(law, "一条不足没有对应的安排")
    one["不足"] = f"{one['不足']}三是档案数字化进度滞后，原因是设备老化。"


@article("ar-asof-consistency", "督察规定第25条", report, once=True, apart=True)
def cutoffs(law: Law) -> None:
    """统计口径一致，不一致的注明。"""
    law.harmless("都是全年数", key=_key(law))
    _changed(law, "一处截至十月，其余全年", "争议", "收到政府信息", "截至10月31日收到政府信息")


@article("ar-required-figures", "督察规定第25条", report, once=True, apart=True)
def figures(law: Law) -> None:
    """核心数字齐全。"""
    _changed(law, "没有写持证人数", "执法", "年末持有行政执法证件820人，", "")
    law.harmless("核心数字齐全", key=_key(law))
    _changed(law, "没有写信息公开申请数", "争议", "收到政府信息公开申请35件。", "")


@article("ar-data-consistency", "督察规定第32条第2项", report, once=True, apart=True)
def sums(law: Law) -> None:
    """比率与分子、分母相符：由100件到96件是下降4%。"""
    _changed(law, "由100件到96件写成下降14%", "争议", "下降4%", "下降14%")
    law.harmless("下降4%", MET, key=_key(law))


@article("ar-figure-pairs", "督察规定第32条第2项", report, once=True, apart=True)
def pairs(law: Law) -> None:
    """反映问题的数字，在下步安排里有下文。"""
    _changed(
        law,
        "败诉没有对应的安排",
        "安排",
        "加强行政应诉工作，降低行政诉讼败诉率",
        "抓好普法宣传教育",
    )


@article("ar-yoy", "督察规定第25条", report, once=True, apart=True)
def direction(law: Law) -> None:
    """同比方向与数字一致。"""
    law.harmless("数字下降，写的也是下降", key=_key(law))
    _changed(law, "数字下降，写成上升", "争议", "比上年下降4%", "比上年上升")


def _count(requirement: str, basis: str, name: str, kind: str) -> None:
    @article(requirement, basis, report, once=True, apart=True)
    def script(law: Law) -> None:
        law.harmless(f"{kind}与台账一致", key=_key(law))
        one = law.fault(f"{kind}比台账多3", key=_key(law))
        one["多报"] = {**(one["多报"] if isinstance(one["多报"], dict) else {}), name: 3}


_count("nd-count-reconcile", "37号文二；督察规定第32条", "documents", "制发文件数")
_count("nd-reviewed-count", "督察规定第32条", "reviewed", "审核文件数")
_count("nd-filed-count", "督察规定第32条", "filed", "备案文件数")
_count("dec-reviewed-count", "督察规定第32条", "decisions", "审查决策数")
_count("cert-cancelled-count", "督察规定第32条", "cancelled", "注销证件数")
_count("enf-filed-count", "督察规定第32条", "penalties", "备案处罚数")
_count("cert-training-sessions", "督察规定第32条", "courses", "培训期数")
_count("cert-training-people", "督察规定第32条", "people", "培训人数")
_count("cert-training-hours", "督察规定第32条", "hours", "培训学时")
