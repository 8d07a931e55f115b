"""The MkDocs plugin, by real builds with MkDocs and with ProperDocs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import fake_checker
import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = ("mkdocs", "properdocs")

WRONG = """---
title: A note
tags:
  - gradients
---

# Gradients

Let $x \\in \\mathbb{R}^n$.
$$ \\nabla_x\\, x^T x = 3 x $$
"""
RIGHT = WRONG.replace("3 x", "2 x")

Build = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., None]:
    """Write a site: its pages, the options of the plugin as YAML, and more of mkdocs.yml."""

    def site(pages: dict[str, str], options: str = "", more: str = "") -> None:
        for name, text in pages.items():
            page = tmp_path / "docs" / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        plugin = f"  - texgrad:\n{options}" if options else "  - texgrad\n"
        text = f"site_name: Notes\ntheme: mkdocs\nplugins:\n{plugin}{more}"
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")

    return site


def run(program: str, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    pytest.importorskip(program)
    return subprocess.run(
        [sys.executable, "-m", program, "build", *arguments],
        cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1", **environment},
    )  # fmt: skip


@pytest.fixture(params=PROGRAMS)
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Build:
    """Build the site with one of the programs; the messages are in stderr."""
    return lambda *arguments, **environment: run(request.param, tmp_path, *arguments, **environment)


@pytest.fixture
def quick_build(tmp_path: Path) -> Build:
    """Build the site with MkDocs alone, for what does not depend on the program."""
    return lambda *arguments, **environment: run("mkdocs", tmp_path, *arguments, **environment)


def test_a_wrong_gradient_fails_the_strict_build_alone(site, build: Build):
    site({"index.md": WRONG})
    plain = build()
    assert plain.returncode == 0, plain.stderr
    assert re.search(r"WARNING.*index\.md:10: TG101 ", plain.stderr)
    strict = build("--strict")
    assert strict.returncode == 1
    assert "index.md:10: TG101 " in strict.stderr
    site({"index.md": RIGHT})
    assert build("--strict").returncode == 0


def test_all_pages_are_checked_and_shown_before_an_error_fails_the_build(site, build: Build):
    options = "      levels: {wrong: error}\n"
    site({"index.md": WRONG, "second.md": WRONG, "third.md": RIGHT}, options)
    done = build()
    assert done.returncode == 1
    assert "index.md:10: TG101" in done.stderr and "second.md:10: TG101" in done.stderr
    assert "2 findings at level error" in done.stderr
    assert "3 claims on 3 of 3 pages: 1 verified, 2 findings, 0 not checked" in done.stderr


def test_pages_of_other_plugins(site, build: Build, tmp_path: Path):
    site({"index.md": WRONG, "set.md": WRONG}, more="hooks: [hook.py]\n")
    (tmp_path / "hook.py").write_text(
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    text = '# Made\\n\\n' + r'Let $x \\in \\mathbb{R}^n$. $\\nabla_x x^T x = 5x$'\n"
        "    files.append(File.generated(config, 'made.md', content=text))\n"
        "    file = files.get_file_from_path('set.md')\n"
        "    file.content_string = 'More\\n\\n' + file.content_string\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return 'More\\n\\n\\n' + markdown\n",
        encoding="utf-8",
    )
    done = build()
    assert "made.md:3: TG101" in done.stderr
    assert "set.md:10: TG101" in done.stderr
    assert "index.md:10: TG101" in done.stderr


@pytest.mark.parametrize(
    ("level", "shown", "code"), [("warn", True, 1), ("info", True, 0), ("ignore", False, 0), ("error", True, 1)]
)
def test_levels(site, quick_build: Build, level: str, shown: bool, code: int):
    site({"index.md": WRONG}, f"      levels: {{wrong: {level}}}\n")
    done = quick_build("--strict")
    assert done.returncode == code
    assert ("index.md:10" in done.stderr) is shown


def test_a_page_can_be_left_out(site, quick_build: Build):
    pages = {"index.md": RIGHT, "drafts/a.md": WRONG, "notes/b.md": WRONG}
    site(pages, "      exclude: [drafts]\n")
    done = quick_build()
    assert "drafts/a.md:10" not in done.stderr and "notes/b.md:10" in done.stderr
    site(pages, "      include: ['drafts/*.md']\n")
    done = quick_build()
    assert "drafts/a.md:10" in done.stderr and "notes/b.md:10" not in done.stderr


def test_it_can_be_switched_off_from_outside(site, quick_build: Build):
    site({"index.md": WRONG}, "      enabled: !ENV [CHECK_MATH, true]\n")
    assert quick_build("--strict", CHECK_MATH="false").returncode == 0
    assert quick_build("--strict", CHECK_MATH="true").returncode == 1


def test_the_configuration_of_the_project_holds_too(site, quick_build: Build, tmp_path: Path):
    site({"index.md": WRONG, "old/a.md": WRONG})
    (tmp_path / "texgrad.toml").write_text('exclude = ["docs/old"]\nper-file-ignores = { "docs/*.md" = ["TG1"] }\n')
    done = quick_build("--strict")
    assert done.returncode == 0, done.stderr
    (tmp_path / "texgrad.toml").write_text("selct = []\n")
    done = quick_build()
    assert done.returncode == 1
    assert "did you mean 'select'?" in done.stderr


def test_layout(site, quick_build: Build):
    declared = "Let $A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$."
    note = f"{declared}\n\n$$ \\frac{{\\partial A x}}{{\\partial x}} = A^T $$\n"
    site({"index.md": note}, "      layout: numerator\n")
    assert "index.md:3: TG301" in quick_build().stderr
    site({"index.md": note}, "      layout: denominator\n")
    assert "TG301" not in quick_build().stderr


def test_macros_of_mathjax(site, quick_build: Build):
    note = "Let $x \\in \\R^n$.\n\n$$ \\grad{x}\\, x^T x = 3x $$\n"
    script = 'window.MathJax = {tex: {macros: {R: "\\\\mathbb{R}", grad: ["\\\\nabla_{#1}", 1]}}};\n'
    site({"index.md": note, "javascripts/math.js": script}, "      macros: [docs/javascripts/math.js]\n")
    assert "index.md:3: TG101" in quick_build().stderr


@pytest.mark.parametrize(
    ("option", "word"),
    [("macros: [missing.js]", "missing.js"), ("levels: {wrong: loud}", "loud"), ("layout: up", "up")],
)
def test_wrong_options_are_said(site, quick_build: Build, option: str, word: str):
    site({"index.md": RIGHT}, f"      {option}\n")
    done = quick_build()
    assert done.returncode == 1
    assert "texgrad" in done.stderr and word in done.stderr


def test_the_cache_is_a_directory_that_ignores_itself(site, quick_build: Build, tmp_path: Path):
    site({"index.md": WRONG})
    first = quick_build()
    kept = sorted(path.name for path in (tmp_path / ".texgrad_cache").iterdir())
    assert ".gitignore" in kept and len(kept) == 2
    assert [line for line in quick_build().stderr.splitlines() if "texgrad" in line] == [
        line for line in first.stderr.splitlines() if "texgrad" in line
    ]
    shutil.rmtree(tmp_path / ".texgrad_cache")
    site({"index.md": WRONG}, "      cache: false\n")
    quick_build()
    assert not (tmp_path / ".texgrad_cache").exists()


@pytest.mark.parametrize("cache", ["true", "false"])
def test_an_unchanged_page_is_not_checked_again(site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str):
    pytest.importorskip("mkdocs")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    checked = []

    def verify(document, **options):
        checked.append(Path(document.source.path).name)
        return fake_checker.verify(document, **options)

    core = ModuleType("texgrad.verify")
    core.verify = verify
    monkeypatch.setitem(sys.modules, core.__name__, core)
    site({"index.md": "$a = verified$", "b.md": "$a = wrong$"}, f"      cache: {cache}\n")
    # `serve` keeps the plugin object from one build to the next, as the class of the configuration does.
    for changed in ("", "$a = wrong$ more"):
        if changed:
            (tmp_path / "docs" / "b.md").write_text(changed, encoding="utf-8")
        build(load_config(str(tmp_path / "mkdocs.yml")))
    assert sorted(checked[:2]) == ["b.md", "index.md"]
    assert checked[2:] == ["b.md"]


def test_pages_without_math_import_no_numpy(site, tmp_path: Path):
    pytest.importorskip("mkdocs")
    site({"index.md": "# Shell\n\n    $ ls\n"})
    program = "import sys; from mkdocs.__main__ import cli; cli(['build'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert "texgrad_mkdocs" in done.stdout.split(), done.stderr
    assert "numpy" not in done.stdout.split()


def test_the_sample_site(build: Build, tmp_path: Path):
    shutil.copytree(ROOT / "samples" / "site", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("site"))
    plain = build()
    assert plain.returncode == 0, plain.stderr
    assert "logistic.md:14: TG101" in plain.stderr and "logistic.md:18: TG101" in plain.stderr
    assert "index.md" not in plain.stderr
    assert build("--strict").returncode == 1
