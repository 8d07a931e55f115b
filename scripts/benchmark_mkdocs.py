#!/usr/bin/env python3
"""A number of pages without math in, what the plugin adds to the time of `mkdocs build` on them out.

usage: benchmark_mkdocs.py [PAGES] [RUNS]      (50 pages, 7 runs of each kind, taken in turn; medians are compared)
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGE = """# Page {number}

Some words about [a link](https://example.org), a list and some code, that cost `$HOME` and about $5 each.

- one
- two

```sh
$ ls -l
```

""" + "A paragraph of a page without a formula, long enough to take its time. *Emphasis* and `code` are in it.\n\n" * 12

CONFIGURATION = "site_name: Pages\ntheme: mkdocs\nplugins:\n  - search\n"
PLUGIN = {False: "", True: "  - texgrad\n"}


def build(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    return time.perf_counter() - start


def main() -> None:
    pages, runs = (int(text) for text in (sys.argv[1:] + ["50", "7"][len(sys.argv) - 1 :]))
    seconds: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        for number in range(pages):
            page = "index" if number == 0 else f"page{number}"
            (folder / "docs" / f"{page}.md").write_text(PAGE.format(number=number), encoding="utf-8")
        for _ in range(runs):
            for checked, times in seconds.items():
                (folder / "mkdocs.yml").write_text(CONFIGURATION + PLUGIN[checked], encoding="utf-8")
                times.append(build(folder))
    without, with_plugin = (statistics.median(seconds[checked]) for checked in (False, True))
    print(f"{pages} pages: {without:.3f} s without, {with_plugin:.3f} s with the plugin: "
          f"{100 * (with_plugin / without - 1):+.1f}%")  # fmt: skip


if __name__ == "__main__":
    main()
