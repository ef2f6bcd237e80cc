"""`python -m dev.css` writes the style sheet and fonts; `--check` only says whether they are right."""

import sys
from pathlib import Path

from dev.css.sheet import build

STATIC = Path(__file__).parents[2] / "shared/look/static"


def main() -> int:
    """0 when the files stand as the sources make them; with --check 1 when they do not."""
    made = build()
    changed = [name for name, content in made.items() if _stands(name) != content]
    if "--check" in sys.argv:
        print("\n".join(f"{name} is not what the sources give: run make css" for name in changed))
        return 1 if changed else 0
    for name in changed:
        (STATIC / name).write_bytes(made[name])
    print(f"{len(changed)} of {len(made)} files changed; balie.css is {len(made['balie.css']):,} bytes")
    return 0


def _stands(name: str) -> bytes:
    file = STATIC / name
    return file.read_bytes() if file.exists() else b""


if __name__ == "__main__":
    sys.exit(main())
