"""Normative documents of government, bureau and township, and the books kept about them."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import NONE, Case, City
from tests.law.city.days import day, days, months_after, workdays_after, workdays_before
from tests.law.city.names import GOVERNMENT, JUDICIAL, MATTERS, NPC, REGULATOR, SUPERIOR

MATERIALS = ["送审稿", "起草说明", "依据", "征求意见采纳情况", "本单位合法性审核意见"]


def document(city: City, published: dt.date | None = None) -> Case:
    """A document of the county government, counted back from the day it was published."""
    dice, number = city.dice, city.number()
    published = published or day(f"{city.year}-09-02") + days(dice.randrange(70))
    issued = published - days(dice.randrange(1, 4))
    signed = issued - days(dice.randrange(3))
    met = signed - days(dice.randrange(1, 4))
    opinion = met - days(dice.randrange(2, 5))
    complete = workdays_before(opinion, dice.randrange(3, 10))
    fair = complete - days(dice.randrange(2, 5))
    experts = fair - days(dice.randrange(2, 5))
    closed = experts - days(dice.randrange(2, 5))
    effective = published + days(dice.randrange(20, 50))
    case = Case(
        "规范性文件台账",
        "文号",
        {
            "文号": f"青政规〔{city.year}〕{number}号",
            "文件名称": f"青石县{dice.choice(MATTERS)}管理办法（{number}）",
            "登记号": f"QS-{city.year}-{number:05d}",
            "是否规范性文件": True,
            "认定理由": "对外发布，涉及权利义务，反复适用",
            "是否规章": False,
            "制定机关": GOVERNMENT,
            "制定主体类型": "政府",
            "办公室发文是否经授权": None,
            "制发层级": "政府",
            "是否报经政府同意": None,
            "牵头部门": None,
            "对应决策编号": None,
            "是否裁量权基准": False,
            "是否应急或紧急命令": False,
            "是否重大文件": True,
            "是否设定许可": False,
            "是否设定处罚": False,
            "是否设定强制": False,
            "是否设定收费": False,
            "是否减损权益或增加义务": False,
            "上位法依据": "道路交通安全法",
            "是否要求普遍停产停业": False,
            "停产停业依据": None,
            "停产停业报批文件": None,
            "评估论证材料": f"评估报告{number}",
            "是否影响重大权益": True,
            "是否涉及市场主体": True,
            "不公开征求意见的依据": None,
            "征求意见公告日期": closed - days(dice.randrange(31, 45)),
            "征求意见截止日期": closed,
            "征求意见渠道": ["政府网站", "报刊"],
            "收到意见数": dice.randrange(30),
            "采纳情况反馈": "网站已公布采纳情况",
            "相对集中意见是否未采纳": False,
            "未采纳是否说明": None,
            "听取意见的企业、协会": ["青石商会", "停车行业协会"],
            "专业性是否较强": True,
            "专家论证日期": experts,
            "专家论证意见": f"论证意见书{number}",
            "是否涉及经营者经济活动": True,
            "公平竞争初审日期": fair - days(2),
            "公平竞争审查日期": fair,
            "公平竞争审查单位": REGULATOR,
            "公平竞争审查结论": "符合",
            "适用例外的理由": None,
            "例外的期限或终止条件": None,
            "竞争审查听取的经营者意见": ["停车行业协会"],
            "是否涉及社会公众利益": True,
            "竞争审查听取的公众意见": ["居民代表"],
            "送审材料": MATERIALS,
            "送审材料齐备日期": complete,
            "要求反馈日期": workdays_after(complete, dice.randrange(7, 12)),
            "合法性审核意见日期": opinion,
            "审核意见号": f"青司规审〔{city.year}〕{number}号",
            "审核文书类型": "合法性审核意见",
            "合法性审核单位": JUDICIAL,
            "合法性审核结论": "合法",
            "按审核意见修改日期": None,
            "是否书面审核意见": True,
            "审核意见是否全部采纳": True,
            "未采纳审核意见的理由": None,
            "拟上会日": met,
            "审议日期": met,
            "会议类型": "常务会议",
            "会议次别": f"第{dice.randrange(1, 40)}次",
            "会议记录或纪要": f"青政常纪〔{city.year}〕{number}号",
            "报告党委日期": issued,
            "签发日期": signed,
            "印发日期": issued,
            "公布日期": published,
            "公布渠道": ["政府公报", "政府网站"],
            "是否入统一查询平台": True,
            "解读日期": published,
            "施行日期": effective,
            "有效期至": months_after(effective, 48),
            "是否试行或暂行": False,
            "适应调整期说明": None,
            "废止日期": None,
            "是否在现行有效目录": True,
            "备案处数": 2,
        },
    )
    _filed(case, "上一级政府", SUPERIOR, published + days(dice.randrange(2, 12)))
    _filed(case, "同级人大常委会", NPC, published + days(dice.randrange(2, 26)))
    return case


def _filed(case: Case, kind: str, recipient: str, when: dt.date) -> None:
    case.add(
        "备案",
        备案机关类别=kind,
        备案机关=recipient,
        备案日期=when,
        备案号=f"备{case.key}",
        报备材料是否规范=True,
        接收登记日期=when + days(2),
        备案审查日期=when + days(20),
        备案审查结果="未发现问题",
        纠正日期=None,
        人大审查意见日期=None,
        反馈人大日期=None,
    )


def bureau_document(city: City, published: dt.date | None = None) -> Case:
    """A document of a bureau: its own review body, its own meeting, filed with the government."""
    case = document(city, published)
    case.row.update(
        {
            "文号": f"青教规{case['文号']}",
            "制定机关": "县教育局",
            "制定主体类型": "部门",
            "制发层级": "部门",
            "是否报经政府同意": False,
            "公平竞争初审日期": None,
            "公平竞争审查单位": "县教育局",
            "合法性审核单位": "县教育局政策法规科",
            "会议类型": "部门办公会议",
            "公布渠道": ["部门网站"],
            "备案处数": 1,
        }
    )
    case.drop("备案")
    _filed(case, "本级政府", GOVERNMENT, case.day("公布日期") + days(city.dice.randrange(2, 12)))
    return case


def township_document(city: City) -> Case:
    """A document of a township, filed with the county government."""
    case = bureau_document(city)
    case.row.update(
        {
            "文号": f"河镇规{case['文号']}",
            "制定机关": "河口镇人民政府",
            "制定主体类型": "政府",
            "制发层级": "乡镇",
            "是否报经政府同意": None,
            "合法性审核单位": "河口镇综合执法和法制办",
            "会议类型": "乡镇办公会议",
            "公平竞争审查单位": "河口镇人民政府",
            "公布渠道": ["政府网站"],
        }
    )
    return case


def plain_document(city: City, published: dt.date | None = None) -> Case:
    """A document that touches neither enterprises nor competition, nor needs experts."""
    case = document(city, published)
    case.row.update(
        {
            "是否涉及市场主体": False,
            "专业性是否较强": False,
            "是否涉及经营者经济活动": False,
            "是否重大文件": False,
            "是否涉及社会公众利益": None,
            "公平竞争审查单位": None,
            "公平竞争审查结论": None,
            "竞争审查听取的经营者意见": None,
            "竞争审查听取的公众意见": None,
        }
    )
    case.none(
        "专家论证日期",
        "专家论证意见",
        "公平竞争初审日期",
        "公平竞争审查日期",
        "报告党委日期",
        "听取意见的企业、协会",
    )
    return case


def cleanup(city: City) -> Case:
    """A special cleaning-up with its result published."""
    number = city.number()
    done = day(f"{city.year}-05-10") + days(city.dice.randrange(60))
    kept, ended, gone = (city.dice.randrange(1, 30) for _ in range(3))
    return Case(
        "清理",
        "清理编号",
        {
            "清理编号": f"专项清理{number}",
            "清理类别": "专项清理",
            "清理完成日期": done,
            "清理结果公布日期": done + days(9),
            "清理总数": kept + ended + gone,
            "继续有效件数": kept,
            "废止件数": ended,
            "失效件数": gone,
            "修改件数": 0,
        },
    )


def issue_log(city: City) -> Case:
    """An entry of the log of issued papers, with the document it stands for."""
    whole, number = document(city), city.number()
    return Case(
        "发文簿",
        "发文序号",
        {
            "发文序号": f"发{number:05d}",
            "文号": whole.key,
            "文件标题": whole["文件名称"],
            "发文机关": GOVERNMENT,
            "发文日期": whole["印发日期"],
            "是否规范性文件": True,
        },
        linked=[whole],
    )


def received(city: City) -> Case:
    """A township's document received for filing, registered and reviewed."""
    number = city.number()
    when = day(f"{city.year}-04-01") + days(city.dice.randrange(120))
    return Case(
        "收到报备",
        "接收编号",
        {
            "接收编号": f"收{number:05d}",
            "报备文号": f"河镇规〔{city.year}〕{number}号",
            "报备文件名称": f"集镇管理规定{number}",
            "报备单位": "河口镇人民政府",
            "报备单位层级": "乡镇",
            "收到日期": when,
            "登记日期": when + days(2),
            "审查日期": when + days(30),
            "审查结果": "未发现问题",
            "纠正日期": None,
        },
    )


def review_request(city: City) -> Case:
    """A citizen's request to review a document, answered."""
    number = city.number()
    when = day(f"{city.year}-04-01") + days(city.dice.randrange(120))
    return Case(
        "审查建议",
        "建议编号",
        {
            "建议编号": f"建{number:05d}",
            "涉及文件文号": NONE,
            "收到日期": when,
            "答复日期": when + days(25),
        },
    )


def regular_cleanup(city: City) -> Case:
    """The cleaning-up that is due every two years; a city has one."""
    year = city.year
    if "清理" not in city.place:
        city.place["清理"] = Case(
            "清理",
            "清理编号",
            {
                "清理编号": f"清理{year - 1}",
                "清理类别": "定期清理",
                "清理完成日期": day(f"{year - 1}-11-20"),
                "清理结果公布日期": day(f"{year - 1}-11-28"),
                "清理总数": 60,
                "继续有效件数": 40,
                "废止件数": 15,
                "失效件数": 5,
                "修改件数": 2,
            },
        )
    return city.place["清理"]


def filing_list(city: City) -> Case:
    """The list of the year's documents, sent to the people's congress; a city has one."""
    if "目录报送" not in city.place:
        city.place["目录报送"] = Case(
            "年度目录报送",
            "文件年度",
            {
                "文件年度": city.year,
                "目录报人大日期": day(f"{city.year + 1}-03-11"),
                "目录件数": 9,
            },
        )
    return city.place["目录报送"]


def rated_document(city: City) -> Case:
    """The document by which this city's rate of filing is judged; a city has one."""
    if "报备率" not in city.place:
        city.place["报备率"] = plain_document(city)
    return city.place["报备率"]
