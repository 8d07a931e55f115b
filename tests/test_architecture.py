"""How the program is laid out: imports run one way, libraries are seen where they belong, files are short."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "texgrad"
FILES = sorted(PACKAGE.rglob("*.py"))

# Each module may import from its own layer and from those above it.
LAYERS = (
    ("source", "columns", "errors", "expr", "report", "document", "codes"),
    ("dims", "layouts", "layers", "structures", "sampling", "compare", "work"),
    ("ops", "readings"),
    ("notation", "latex", "latex_text"),
    ("readers", "facts"),
    ("shapes", "steady", "numeric", "agreement"),
    ("statements", "nesting", "mappings", "scripts", "trajectories", "forms", "looks", "surface",
     "resolve", "summation", "evidence", "usage"),
    ("typography", "declared", "batches", "scalars", "defined", "scripted", "instanced", "called", "shorthand",
     "folding", "context", "conditions", "counting", "nondefining", "heads", "definitions", "explanations",
     "increments", "settle", "coded", "dashes", "adjoints", "wording", "headed", "table_heads", "tabled", "continuing",
     "applied"),
    ("claims", "unroll"),
    ("dependence", "regions", "judge", "numbers", "hidden", "named_losses", "trials", "otherwise",
     "special_values", "grounds", "hypotheses"),
    ("explain",),
    ("borne_out", "nearby", "doubt", "unchecked", "identities", "verdicts"),
    ("reversed_sizes", "stated", "verify"),
    ("configuration", "suppress", "cache"),
    ("checking", "render"),
    ("cli", "__main__"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
# Which modules see a library; the standard library and numpy are not restricted.
OWNERS = {"pylatexenc": {"notation/lexer.py"}, "click": {"cli.py"}, "mkdocs": set(), "markdown_it": set()}


def layer_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path, everywhere: bool = True) -> list[str]:
    """The modules that a file imports; those within functions and for type checkers alone only if `everywhere`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else tree.body
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module == "texgrad"
            found += [f"texgrad.{alias.name}" for alias in node.names] if whole else [node.module]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path):
    layer = layer_of(path)
    if layer == "__init__":
        return
    for module in imports(path, everywhere=False):
        parts = module.split(".")
        if parts[0] == "texgrad" and len(parts) > 1 and parts[1] in RANK:
            assert RANK[parts[1]] <= RANK[layer], f"{layer} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_are_seen_where_they_belong(path: Path):
    name = str(path.relative_to(PACKAGE))
    for module in imports(path):
        owners = OWNERS.get(module.split(".")[0])
        assert owners is None or name in owners, f"{name} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_short_and_say_what_they_are_for(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert (path.name == "__init__.py" and not text) or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_text_is_evaluated(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            called = name in ("eval", "exec", "sympify", "parse_expr", "parse_latex")
            assert not called, f"{name} in line {node.lineno}"


def test_every_module_has_a_layer():
    assert {layer_of(path) for path in FILES} - {"__init__"} == set(RANK)


def test_a_note_without_findings_needs_no_sympy_and_a_page_without_math_no_numpy(tmp_path: Path):
    (tmp_path / "right.md").write_text("Let $x \\in \\mathbb{R}^n$.\n\n$$ \\nabla_x (x^T x) = 2 x $$\n")
    (tmp_path / "plain.md").write_text("Nothing to see.\n")
    program = (
        "import sys; from texgrad.cli import main\n"
        "try: main(['check', sys.argv[1]])\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not set(sys.argv[2:]) & set(sys.modules), sys.modules.keys() & set(sys.argv[2:])\n"
    )
    for name, libraries in (("right.md", ["sympy"]), ("plain.md", ["sympy", "numpy"])):
        command = [sys.executable, "-c", program, tmp_path / name, *libraries]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
