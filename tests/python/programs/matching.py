"""The match statement."""
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


@dataclass
class Circle:
    center: Point
    radius: float


class Named:
    __match_args__ = ("name",)

    def __init__(self, name, **attributes):
        self.name = name
        self.__dict__.update(attributes)


RED = "red"


class Color:
    GREEN = "green"


def describe(value):
    match value:
        case None | True | False:
            return "singleton"
        case 0:
            return "zero"
        case int(n) if n < 0:
            return f"negative {n}"
        case int() | float() as number:
            return f"number {number}"
        case "":
            return "empty text"
        case Color.GREEN:
            return "the color"
        case str(s) if s == RED:
            return "red"
        case str():
            return f"text {value}"
        case b"bytes":
            return "bytes"
        case []:
            return "empty list"
        case [x]:
            return f"one {x}"
        case [Point(x=0, y=0), *rest]:
            return f"origin and {rest}"
        case [1, 2, *_, last]:
            return f"1, 2, …, {last}"
        case [first, [inner, *_], *rest]:
            return f"nested {first} {inner} {rest}"
        case (a, b) if a == b:
            return f"twins {a}"
        case [_, *middle, _]:
            return f"middle {middle}"
        case {"kind": "circle", "r": r, **others}:
            return f"circle dict {r} {others}"
        case {"kind": str(kind)}:
            return f"kind {kind}"
        case {}:
            return f"mapping of {len(value)}"
        case Point(0, y):
            return f"on the axis at {y}"
        case Point(x, y=yy):
            return f"point {x} {yy}"
        case Circle(center=Point(x=cx), radius=r) if r > 10:
            return f"big circle at {cx}"
        case Circle(Point(1, _) | Point(_, 1) as c):
            return f"circle by {c}"
        case Named("bob" | "ann" as who, age=age):
            return f"{who} is {age}"
        case Named(name=n):
            return f"named {n}"
        case complex():
            return "complex"
        case _:
            return f"other {type(value).__name__}"


for v in (None, True, 0, -5, 7, 2.5, "", "green", "red", "hello", b"bytes", [], [9], [Point(0, 0), 1, 2], [1, 2, 3, 4],
          (1, 2, 5), ["a", ["b", "c"], "d"], (4, 4), [1, 5, 6, 7], range(3), {"kind": "circle", "r": 3, "z": 1}, {"kind": "square"},
          {"kind": 5}, {}, Point(0, 3), Point(2, 3), Circle(Point(5, 5), 11), Circle(Point(1, 5), 1), Circle(Point(7, 7), 1),
          Named("bob", age=5), Named("eve"), Named("ann"), 1j, {1, 2}, object, "abc"):
    print(repr(v)[:40].split(" object at")[0].split(" at 0x")[0], "->", describe(v))


def command(text):
    match text.split():
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case ["take", *items] if items:
            return f"taking {', '.join(items)}"
        case ["quit" | "exit"]:
            return "bye"
        case [verb, noun]:
            return f"cannot {verb} the {noun}"
        case []:
            return "say something"
        case _:
            return "what?"


for line in ("go north", "go up", "take lamp sword", "take", "exit", "", "a b c"):
    print(command(line))


def simplify(e):
    match e:
        case ("+", a, b):
            match simplify(a), simplify(b):
                case (0, x) | (x, 0):
                    return x
                case (int(x), int(y)):
                    return x + y
                case (x, y):
                    return ("+", x, y)
        case ("*", a, b):
            match (simplify(a), simplify(b)):
                case (0, _) | (_, 0):
                    return 0
                case (1, x) | (x, 1):
                    return x
                case x, y:
                    return ("*", x, y)
    return e


print(simplify(("+", ("*", 1, "x"), ("+", 0, ("*", "y", 0)))), simplify(("+", 2, ("+", 3, 4))), simplify(("*", ("+", "a", 0), "b")))
for bad in ("Point(1, 2, 3)", "Named(1, 2)", "int(1, 2)", "Point(1, x=2)", "RED()"):
    try:
        exec(f"match Point(1, 2):\n    case {bad}:\n        print('matched')\n    case _:\n        print('no match')")
    except TypeError as e:
        print(bad, "->", e)
match [1, [2, 3]]:
    case [a, [b, c]]:
        print(a, b, c)
match 5:
    case x if x > 10:
        print("big")
    case x:
        print("fell through with", x)
match {"a": {"b": [10, 20]}}:
    case {"a": {"b": [_, last]}}:
        print(last)
