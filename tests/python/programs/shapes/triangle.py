print("loading", __name__)
import shapes.square as sq


def area(b, h):
    return sq.area(b) * h / b / 2


def fail():
    raise RuntimeError("in a submodule")
