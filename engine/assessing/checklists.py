"""The check-lists of a ruleset gone through for a record, as a list to tick; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assessing.subjects import find_among
from engine.assessing.wording import words_of
from engine.explaining.words import Words
from engine.judging.ahead import come_about
from engine.judging.answers import answered
from engine.judging.reference import Frame, compile_expr
from engine.judging.run import Run
from engine.language import tree as t
from engine.model.checklist import ChecklistEntry, ItemEntry, ItemState
from engine.model.values import Record, Truth
from engine.ruleset.manual import answer_applies, answer_met
from engine.ruleset.model import Checklist, ChecklistItem, Ruleset


def checklists_of(
    ruleset: Ruleset, run: Run, key: str, record_type: str = ""
) -> tuple[ChecklistEntry, ...]:
    """The check-lists of whatever `key` names, of this type or of any that has one.

    A list about what nests in a record is asked after by that record, once for each of them, and
    where there is none yet, for one of which nothing is known. Raises `WrongNameError` where no
    such record is called `key`, or more than one may be meant.
    """
    run = come_about(answered(run, ruleset))
    types = run.world.schema.types
    names = {types[one.subject].parent or one.subject for one in ruleset.checklists.values()}
    asked = [record_type] if record_type in names else sorted(names)
    words = words_of(ruleset, run)
    found = [
        entry
        for record in find_among(run.records, ruleset.schema, asked, key)
        for subject in (record, *_nested(ruleset, run, record))
        for entry in gone_through(ruleset, run, words, subject)
    ]
    return tuple(found)


def _nested(ruleset: Ruleset, run: Run, record: Record) -> Iterator[Record]:
    """What nests in the record and has a list; one of which nothing is known where none is read."""
    listed = {checklist.subject for checklist in ruleset.checklists.values()}
    for name, nested in run.world.schema.types[record.type].nested.items():
        if nested.of in listed:
            held = [one for one in record.elements(name).items if isinstance(one, Record)]
            yield from held or [Record(nested.of, record.key, parent=record)]


def gone_through(
    ruleset: Ruleset, run: Run, words: Words, record: Record
) -> Iterator[ChecklistEntry]:
    """Every check-list about records of this type, in the order of the ruleset."""
    for checklist in ruleset.checklists.values():
        if checklist.subject == record.type:
            yield _entry(checklist, ruleset, run, words, record)


def columns(item: ChecklistItem, words: Words) -> tuple[str, ...]:
    """The ledger columns that tell whether the item is needed and there, by their titles."""
    asked = [expr for expr in (item.present, item.needed) if expr is not None]
    paths = (node for expr in asked for node in t.walk(expr) if isinstance(node, t.Path))
    return tuple(dict.fromkeys(words.title(path.record, path.field) for path in paths))


def _entry(
    checklist: Checklist, ruleset: Ruleset, run: Run, words: Words, record: Record
) -> ChecklistEntry:
    def truth(expr: t.Expr) -> Truth:
        holds: Truth = compile_expr(expr, run.world)(Frame({record.type: record}))
        return holds

    def state(item: ChecklistItem) -> ItemState:
        needed = True if item.needed is None else truth(item.needed)
        if needed is False:
            return ItemState.NOT_NEEDED
        if item.present is None:
            return _answered(item)
        found = truth(item.present)
        if found is True:
            return ItemState.PRESENT
        return ItemState.MISSING if found is False and needed is True else ItemState.UNKNOWN

    def _answered(item: ChecklistItem) -> ItemState:
        """What a person answered to the requirements that only a person can tell."""
        subjects = [(ruleset.requirements[name].subject, name) for name in item.requirements]
        answers = [
            (truth(answer_applies(subject, name)), truth(answer_met(subject, name)))
            for subject, name in subjects
        ]
        if not answers or any(applies is None for applies, _ in answers):
            return ItemState.MANUAL
        if any(applies is True and met is False for applies, met in answers):
            return ItemState.MISSING
        beside = all(applies is False for applies, _ in answers)
        return ItemState.NOT_NEEDED if beside else ItemState.PRESENT

    items = tuple(
        ItemEntry(
            item.title,
            state(item),
            {name: ruleset.requirements[name].title for name in item.requirements},
            columns(item, words),
            item.reason,
        )
        for item in checklist.items
    )
    return ChecklistEntry(
        checklist.id, checklist.title, record.type, record.key, words.label(record), items
    )
