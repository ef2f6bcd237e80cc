"""The engine of the expression language, without the command line its package loads: 0.1 s, 15 MiB a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cel.cel import Context, Program, compile  # noqa: A004 the engine's own name
else:
    from importlib.machinery import PathFinder
    from importlib.util import find_spec, module_from_spec

    _engine = PathFinder.find_spec("cel", find_spec("cel").submodule_search_locations)
    _cel = module_from_spec(_engine)
    _engine.loader.exec_module(_cel)
    Context, Program, compile = _cel.Context, _cel.Program, _cel.compile  # noqa: A001 the engine's own name

__all__ = ["Context", "Program", "compile"]
