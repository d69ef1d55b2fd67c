"""A package for the import tests."""
print("loading", __name__, __package__)
from .circle import Circle
from . import square

VERSION = "1.0"
__all__ = ["Circle", "VERSION", "triangle"]


def __getattr__(name):
    if name == "lazy":
        return "computed lazily"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
