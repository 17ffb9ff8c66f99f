"""Of all that a transaction locks, the head of the audit log comes last: two that lock in one order never wait for each
other."""

import ast
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "tahaluf" / "web"
RECORDING = {"record", "record_all"}
LOCKING = {
    "save", "update", "delete", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "select_for_update", "enqueue", "cancel", "hold", "ask_pending",
}  # fmt: skip


def late_locks(source: str) -> list[str]:
    """Calls that may lock a row, after one that records, within one `atomic` block or one decorated function."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for block in transactions_of(function):
                calls = sorted((node.lineno, name_of(node)) for node in ast.walk(block) if isinstance(node, ast.Call))
                first = next((line for line, name in calls if name in RECORDING), None)
                late = [name for line, name in calls if first and line > first and name in LOCKING]
                found += [f"{function.name}: {name} after record" for name in late]
    return found


def transactions_of(function: ast.FunctionDef) -> list[ast.AST]:
    if any("atomic" in ast.unparse(one) for one in function.decorator_list):
        return [function]
    blocks = [node for node in ast.walk(function) if isinstance(node, ast.With)]
    return [block for block in blocks if any("atomic" in ast.unparse(item.context_expr) for item in block.items)]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda path: path.relative_to(WEB).as_posix())
def test_nothing_is_locked_after_the_audit_log(path: Path) -> None:
    assert late_locks(path.read_text("utf-8")) == []


def test_a_lock_after_the_log_is_found() -> None:
    bad = "def f():\n    with transaction.atomic():\n        record(by, 'x')\n        row.save()\n"
    assert late_locks(bad) == ["f: save after record"]
    assert late_locks(bad.replace("row.save()", "pass").replace("record(", "row.save(); record(")) == []
