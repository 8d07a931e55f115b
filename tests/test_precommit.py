"""The hook, through the real programs `pre-commit` and `prek` in a real git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from texgrad.readers import SUFFIXES

ROOT = Path(__file__).parents[1]
PROGRAMS = ("pre-commit", "prek")

WRONG = "# Note\n\nLet $x \\in \\mathbb{R}^n$.\n\n$$ \\nabla_x\\, x^T x = 3 x $$\n"
RIGHT = WRONG.replace("3 x", "2 x")


def _program(name: str) -> str:
    """The program beside this Python, or the one on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (it is in the extra `test`)")
    return found


def _run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command in a folder, with git asking nothing and knowing nothing of the user's own settings."""
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**inherited, **settings, **environment}
    )


def _git(folder: Path, *arguments: str) -> str:
    done = _run(folder, "git", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="session")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with this project as it stands in the working tree."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("hook") / "texgrad"
    kept_out = shutil.ignore_patterns(".git", ".venv", "*.egg-info", "build", "dist", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, folder, ignore=kept_out)
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "All")
    return folder


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the programs keep the environments that they install hooks in: one installation for all tests."""
    return {
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PREK_HOME": str(tmp_path_factory.mktemp("prek")),
    }


@pytest.fixture(params=PROGRAMS)
def commit(request: pytest.FixtureRequest, hook: Path, homes: dict[str, str], tmp_path: Path):
    """A function that commits what is staged in a repository with the sample configuration."""
    program = _program(request.param)
    sample = yaml.safe_load((ROOT / "samples" / "pre-commit" / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = sample["repos"]
    repository |= {"repo": str(hook), "rev": _git(hook, "rev-parse", "HEAD")}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(sample), encoding="utf-8")
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".pre-commit-config.yaml")
    _git(tmp_path, "commit", "--quiet", "--message", "Configuration")
    installed = _run(tmp_path, program, "install", "--install-hooks", **homes)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return lambda: _run(tmp_path, "git", "commit", "--message", "Notes", **homes)


def test_a_wrong_gradient_is_stopped_and_a_right_one_goes_through(commit, tmp_path: Path):
    note = tmp_path / "notes.md"
    note.write_text(WRONG, encoding="utf-8")
    _git(tmp_path, "add", "notes.md")
    stopped = commit()
    assert stopped.returncode != 0
    assert "notes.md:5:" in stopped.stdout + stopped.stderr
    assert "TG101" in stopped.stdout + stopped.stderr
    note.write_text(RIGHT, encoding="utf-8")
    _git(tmp_path, "add", "notes.md")
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "notes.md" in _git(tmp_path, "show", "--stat")


def test_only_staged_files_are_checked_and_excludes_hold(commit, tmp_path: Path):
    (tmp_path / "texgrad.toml").write_text('exclude = ["drafts"]\n', encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    for name in ("drafts/wrong.md", "drafts/wrong.tex", "unstaged.md"):
        (tmp_path / name).write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    _git(tmp_path, "add", "drafts", "right.md", "texgrad.toml")
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
    # The same file is stopped once nothing excludes it, so the exclude is what let it through.
    (tmp_path / "texgrad.toml").write_text("exclude = []\n", encoding="utf-8")
    (tmp_path / "drafts" / "wrong.md").write_text(WRONG + "\n", encoding="utf-8")
    _git(tmp_path, "add", "drafts", "texgrad.toml")
    assert "drafts/wrong.md:5:" in commit().stderr


def test_the_hook_takes_every_format_that_is_read():
    (entry,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert entry["entry"] == "texgrad check"
    for suffix in SUFFIXES:
        assert re.search(entry["files"], f"notes/week1{suffix}"), suffix
    assert not re.search(entry["files"], "notes/week1.mdx")
    assert not re.search(entry["files"], "tex")
