"""Makes mutants: a module's source with one small fault that somebody might make."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PACKAGE = "pulumi_managed_agents"
ROOMS = (
    "declaration",
    "comparison",
    "lifecycle",
    "plan",
    "apply",
    "resources",
    "transport",
    "platforms",
    "dynamic",
    "plugin",
)
GENERATED = ("classes.py",)

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}

N = TypeVar("N", bound=ast.AST)


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, what it is, and the module with it."""

    number: int
    room: str
    path: str
    line: int
    change: str
    source: str


def mutants(tree: Path, count: int, seed: int) -> list[Mutant]:
    """As many mutants as asked for, from all rooms alike; the same ones for the same source and seed."""
    dice = random.Random(seed)  # noqa: S311 - dice, not keys
    choices = {room: list(_places(tree, room)) for room in ROOMS}
    for places in choices.values():
        dice.shuffle(places)
    made: list[Mutant] = []
    while len(made) < count and any(choices.values()):
        for room in ROOMS:
            if choices[room] and len(made) < count:
                path, number = choices[room].pop()
                made.append(_mutant(tree, len(made), room, path, number))
    return made


def _places(tree: Path, room: str) -> Iterator[tuple[str, int]]:
    for path in sorted((tree / PACKAGE / room).rglob("*.py")):
        if path.name not in GENERATED:
            faults = _faults(ast.parse(path.read_text()))
            yield from ((str(path.relative_to(tree)), number) for number in range(len(faults)))


def _mutant(tree: Path, number: int, room: str, path: str, fault: int) -> Mutant:
    parsed = ast.parse((tree / path).read_text())
    node, change, make = _faults(parsed)[fault]
    line = getattr(node, "lineno", 0)
    make()
    return Mutant(number, room, path, line, change, ast.unparse(ast.fix_missing_locations(parsed)))


Fault = tuple[ast.AST, str, Callable[[], None]]


def _faults(parsed: ast.Module) -> list[Fault]:
    """Every fault that can be made, each with what makes it in place."""
    found: list[Fault] = []
    for node in _code(parsed):
        found += _of_expression(node)
        found += _of_statement(node)
    return found


def _code(parsed: ast.Module) -> Iterator[ast.AST]:
    """What runs, and decides something: no annotations, no imports for types only, no words for readers."""
    pending: list[ast.AST] = [parsed]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.AnnAssign):
            pending += [node.value] if node.value else []
            continue
        yield node
        skipped = {"annotation", "returns", "decorator_list"}
        for name, value in ast.iter_fields(node):
            if name not in skipped:
                pending += [
                    part for part in (value if isinstance(value, list) else [value]) if isinstance(part, ast.AST)
                ]


def _of_expression(node: ast.AST) -> Iterator[Fault]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        other = COMPARISONS[type(node.ops[0])]
        yield _fault(node, lambda made: made.ops.__setitem__(0, other()))
    if isinstance(node, ast.BoolOp):
        swapped = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _fault(node, lambda made: setattr(made, "op", swapped))
    if isinstance(node, ast.IfExp):
        yield _fault(node, _swap_arms)
    if isinstance(node, ast.Constant) and type(node.value) is int:
        for step in (1, -1):
            yield _fault(node, lambda made, step=step: setattr(made, "value", made.value + step))  # type: ignore[misc]
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield _fault(node, lambda made: setattr(made, "value", not made.value))


def _of_statement(node: ast.AST) -> Iterator[Fault]:
    if isinstance(node, ast.If | ast.While):
        test = node.test
        negation = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        negated = test.operand if isinstance(test, ast.UnaryOp) and negation else ast.UnaryOp(ast.Not(), test)
        words = f"{ast.unparse(test)} -> {ast.unparse(negated)}"
        yield node, words, lambda: setattr(node, "test", negated)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            for index, statement in enumerate(block):
                if _can_go(statement):
                    yield (
                        statement,
                        f"removed: {_first_line(statement)}",
                        lambda block=block, index=index: block.__setitem__(index, ast.Pass()),  # type: ignore[misc]
                    )
    if isinstance(node, ast.FunctionDef) and len(node.body) > 1:
        yield node, f"{node.name}: returns at once", lambda: node.body.insert(0, ast.Return(ast.Constant(None)))


def _can_go(statement: ast.AST) -> bool:
    """A call, an assignment to a part of something, or an error."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call | ast.YieldFrom)
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Subscript | ast.Attribute) for target in statement.targets)
    return isinstance(statement, ast.AugAssign | ast.Raise)


def _swap_arms(node: ast.IfExp) -> None:
    node.body, node.orelse = node.orelse, node.body


def _fault(node: N, make: Callable[[N], object]) -> Fault:
    changed = copy.deepcopy(node)
    make(changed)
    return node, f"{_first_line(node)} -> {_first_line(changed)}", lambda: (make(node), None)[1]


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]
