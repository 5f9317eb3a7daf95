"""Loops that are compiled to machine code when they first run.

What reads a batch word by word, each step resting on the one before, is a plain loop here and as
fast as C. The machine code is kept beside the module (`__pycache__`), so that only the first run
after a change compiles, for some seconds. It is made anew when that module changes, not when
another does: a loop calls loops of its own module, and takes what is another's as an argument.

Where neither that folder nor the user's cache can be written (NUMBA_CACHE_DIR names another), each
start compiles.

With NUMBA_DISABLE_JIT=1 the same loops run as Python, for a debugger; with NUMBA_BOUNDSCHECK=1 a
place outside an array is an error.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(loop: Callable[P, R]) -> Callable[P, R]:
    """The same function over arrays and numbers, compiled; divides as numpy does."""
    try:
        return cast(Callable[P, R], njit(cache=True, error_model="numpy")(loop))
    except RuntimeError:  # no folder can be written, neither the module's nor the user's cache
        return cast(Callable[P, R], njit(error_model="numpy")(loop))
