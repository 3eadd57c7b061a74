"""People who enforce the law, their certificates, what they did, and the bodies they serve."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import NONE, Case, City
from tests.law.city.days import day, days, months_after
from tests.law.city.names import JUDICIAL

BUREAU = "县城市管理局"


def officer(city: City, unit: str = BUREAU) -> Case:
    """An official with exams passed, a certificate, and 62 hours of training in the year."""
    number = city.number()
    key = f"R{number:05d}"
    joined = day("2019-03-01") + days(city.dice.randrange(900))
    one = Case(
        "执法人员",
        "人员编号",
        {
            "人员编号": key,
            "姓名": f"某{number}",
            "所在单位": unit,
            "编制类型": city.dice.choice(["行政编制", "参公事业编制", "事业编制"]),
            "是否在岗": True,
            "进入执法岗位日期": joined,
            "离岗日期": None,
            "当年是否长期病休": False,
            "公共法律考试": "合格",
            "专业法律考试": "合格",
            "考试日期": joined + days(20),
            "岗前培训日期": joined - days(5),
            "是否有法律职业资格": False,
            "是否法制审核人员": False,
            "首次从事法制审核日期": None,
            "是否执法部门负责人": False,
            "任期起": None,
            "任期止": None,
            "脱产培训日期": None,
            "任前法律知识考查日期": None,
            "年终述法日期": None,
            "是否公开": True,
            "公开信息更新日期": day(f"{city.year}-06-01"),
            "是否入库": True,
        },
    )
    one.linked.append(_certificate(one, f"豫Q{number:05d}", joined + days(40)))
    for at, (hours, kind) in enumerate(((32, "业务知识"), (30, "法律法规"), (24, "政治理论"))):
        one.linked.append(trained(city, key, hours, kind, f"{city.year}-0{at + 4}-10"))
    return one


def trained(city: City, officer_id: str, hours: int, kind: str, when: str) -> Case:
    """One training of one person."""
    row = {
        "培训编号": f"训{city.number():06d}",
        "人员编号": officer_id,
        "年度": int(when[:4]),
        "培训日期": day(when),
        "学时": hours,
        "培训类别": kind,
        "培训内容": "行政处罚法",
        "是否岗前培训": False,
    }
    return Case("培训", "培训编号", row)


def _certificate(one: Case, number: str, issued: dt.date) -> Case:
    return Case(
        "执法证件",
        "证号",
        {
            "证号": number,
            "人员编号": one.key,
            "证件种类": "执法证",
            "证载单位": one["所在单位"],
            "执法类别": "城市管理",
            "发证日期": issued,
            "有效期起": issued,
            "有效期止": months_after(issued, 96),
            "换证日期": None,
            "证件状态": "有效",
            "失格日期": None,
            "失格原因": None,
            "证件收回日期": None,
            "注销日期": None,
            "注销类型": None,
            "注销决定机关": None,
            "暂扣次数": None,
            "遗失日期": None,
            "声明作废日期": None,
            "证件样式": "中华人民共和国行政执法证",
            "发证机关": "省人民政府",
            "人事状态": "在编在职",
            "人事比对日期": day("2025-05-01"),
        },
    )


def certificate_of(one: Case) -> Case:
    """The certificate of an officer."""
    return next(other for other in one.linked if other.ledger == "执法证件")


def certificate(city: City) -> Case:
    """A certificate, its holder linked to it."""
    holder = officer(city)
    own = certificate_of(holder)
    holder.linked.remove(own)
    own.linked.append(holder)
    return own


def cancelled(own: Case, lost: dt.date, when: dt.date | None) -> Case:
    """The holder lost the qualification; the certificate was collected and cancelled, or not."""
    holder = own.linked[0] if own.linked else None
    own.row.update({"失格日期": lost, "失格原因": "考核不合格", "证件状态": "失格"})
    if when is not None:
        own.row.update(
            {
                "证件收回日期": when,
                "注销日期": when,
                "证件状态": "注销",
                "注销类型": "普通注销",
                "注销决定机关": JUDICIAL,
            }
        )
        if holder is not None:
            holder["是否公开"] = False
    return own


def action(city: City, people: int = 2) -> Case:
    """A check by so many officers with valid certificates, shown and recorded."""
    number = city.number()
    one = Case(
        "执法活动",
        "执法编号",
        {
            "执法编号": f"执{city.year}-{number:05d}",
            "执法主体": BUREAU,
            "执法日期": day(f"{city.year}-03-01") + days(city.dice.randrange(250)),
            "执法种类": city.dice.choice(["调查取证", "行政检查"]),
            "案号": None,
            "委托机关": None,
            "单人执法的法律依据": None,
            "是否出示证件": True,
            "执法记录编号": f"笔录{number}",
            "执法人员人数": people,
        },
    )
    for _ in range(people):
        join(one, officer(city))
    return one


def join(one: Case, who: Case, role: str = "执法") -> Case:
    """An officer takes part in an action."""
    one.linked.append(who)
    own = [other for other in who.linked if other.ledger == "执法证件"]
    row: dict[str, object] = {
        "人员编号": who.key,
        "姓名": who["姓名"],
        "出示的证号": own[0].key if own else NONE,
        "角色": role,
    }
    one.add("执法活动人员", "", **row)
    return who


def supervision(city: City) -> Case:
    """A supervision by two people with supervisors' certificates."""
    one = Case(
        "执法监督",
        "监督编号",
        {
            "监督编号": f"监{city.number():05d}",
            "监督日期": day(f"{city.year}-05-01") + days(city.dice.randrange(120)),
            "被监督单位": BUREAU,
            "监督人员数": 2,
        },
    )
    for _ in range(2):
        who = officer(city, JUDICIAL)
        certificate_of(who)["证件种类"] = "监督证"
        one.linked.append(who)
        one.add("监督人员", "", 人员编号=who.key)
    return one


def head(city: City) -> Case:
    """The head of an enforcing bureau: tested, trained, reported on."""
    one = officer(city)
    start = day(f"{city.year - 3}-02-01") + days(city.dice.randrange(200))
    one.row.update(
        {
            "是否执法部门负责人": True,
            "任期起": start,
            "任期止": day("2025-11-30"),
            "脱产培训日期": start + days(300),
            "任前法律知识考查日期": start - days(20),
            "年终述法日期": day("2025-01-20"),
        }
    )
    return one


def agency(city: City, level: str = "部门") -> Case:
    """A body that enforces the law, with its figures of the year and its leaders' lectures."""
    number = city.number()
    unit = f"第{number}执法局" if level == "部门" else f"第{number}镇人民政府"
    year = city.year
    one = Case(
        "单位",
        "单位名称",
        {
            "单位名称": unit,
            "单位层级": level,
            "是否有执法权": True,
            "执法依据": "城市管理条例",
            "主体确认日期": day(f"{year}-01-15"),
            "主体公告日期": day(f"{year}-01-25"),
            "处罚公示内容": ["实施机关", "立案依据", "实施程序", "救济渠道"],
            "重大执法决定目录公布日期": day(f"{year}-02-20"),
            "裁量权基准公布日期": day(f"{year}-02-25"),
            "是否直接适用上级基准": False,
            "免罚清单公布日期": day(f"{year}-03-01"),
            "罚没指标文件数": 0,
            "赋权事项数": 2 if level == "乡镇" else 0,
            "最近一次法治督察日期": day(f"{year}-08-20"),
        },
    )
    if level == "乡镇":
        for item, withdrawn in (("占道经营", None), ("乱倒垃圾", day(f"{year}-01-05"))):
            one.add(
                "赋权事项",
                赋权事项名称=item,
                赋权生效日期=day(f"{year - 2}-01-01"),
                赋权收回日期=withdrawn,
                赋权依据文号=f"政令〔{year - 2}〕1号",
            )
    one.linked.append(_counts(unit, year, city))
    for month in ("03", "09"):
        one.linked.append(
            Case(
                "学法",
                "学法编号",
                {
                    "学法编号": f"学{city.number():06d}",
                    "学法形式": "法治专题讲座",
                    "参加对象": "部门领导班子",
                    "举办单位": unit,
                    "学法年度": year,
                    "学法日期": day(f"{year}-{month}-11"),
                    "学法主题": "行政许可法",
                },
            )
        )
    if level == "乡镇":
        one.linked += [officer(city, unit), officer(city, unit)]
    return one


def township(city: City) -> Case:
    """A township to which powers were delegated, with two certified officers."""
    return agency(city, "乡镇")


def _counts(unit: str, year: int, city: City) -> Case:
    dice = city.dice
    opening, issued, moved_in, out, cancelled_ = (dice.randrange(5, 40) for _ in range(5))
    opening += 60
    closing = opening + issued + moved_in - out - cancelled_
    filed = dice.randrange(9)
    return Case(
        "单位年度数",
        "单位名称",
        {
            "单位名称": unit,
            "年度": year,
            "执法人员数": 40,
            "法制审核人员数": 2,
            "法制审核人员不足的说明": None,
            "期初持证数": opening,
            "当年新发证数": issued,
            "当年换入数": moved_in,
            "当年换出数": out,
            "当年注销数": cancelled_,
            "期末持证数": closing,
            "当年培训人数": closing,
            "处罚案件数": 80,
            "重大处罚应备案数": filed,
            "重大处罚已备案数": filed,
            "执法统计公开日期": day(f"{year + 1}-01-20"),
            "执法统计报送日期": day(f"{year + 1}-01-22"),
            "执法监督工作报告日期": day(f"{year}-12-10"),
            "执法评议考核日期": day(f"{year}-12-05"),
        },
    )


def counts(city: City) -> Case:
    """The figures of a body of its own, the body linked to them."""
    one = agency(city)
    figures = one.linked.pop(0)
    figures.linked.append(one)
    return figures


def entrustment(city: City) -> Case:
    """A written entrustment, published, with qualified people; nothing was done outside it."""
    number = city.number()
    return Case(
        "委托执法",
        "委托编号",
        {
            "委托编号": f"委{number:05d}",
            "委托机关": BUREAU,
            "受委托组织": f"第{number}城管服务中心",
            "是否书面委托": True,
            "委托事项": "占道经营检查",
            "委托权限": "检查、当场处罚",
            "委托期限起": day(f"{city.year}-01-01"),
            "委托期限止": day(f"{city.year}-12-31"),
            "委托书公布日期": day(f"{city.year}-01-10"),
            "合格工作人员数": 2 + city.dice.randrange(5),
        },
    )


def action_of_three(city: City) -> Case:
    """A check by three, so that two with valid certificates remain if something ails the third."""
    one = action(city)
    one["执法人员人数"] = 3
    join(one, officer(city))
    return one


def _took_part(holder: Case, own: Case, city: City) -> Case:
    """A check in which somebody took part as the third."""
    done = action(city)
    done["执法人员人数"] = 3
    done.add(
        "执法活动人员",
        "",
        人员编号=holder.key,
        姓名=holder["姓名"],
        出示的证号=own.key,
        角色="执法",
    )
    return done


def acting_officer(city: City) -> Case:
    """An officer, and a check in which the officer took part."""
    one = officer(city)
    one.linked.append(_took_part(one, certificate_of(one), city))
    return one


def used_certificate(city: City) -> Case:
    """A certificate, its holder, and a check in which it was shown."""
    own = certificate(city)
    own.linked.append(_took_part(own.linked[0], own, city))
    return own
