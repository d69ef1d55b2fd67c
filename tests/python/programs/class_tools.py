"""dataclasses, enum, abc, typing, contextlib, copy from the library."""
import abc
import contextlib
import copy
import enum
import typing
from dataclasses import asdict, astuple, dataclass, field, fields, replace


@dataclass(order=True)
class Item:
    price: float
    name: str = "?"
    tags: list = field(default_factory=list, compare=False)
    total: float = field(init=False, repr=False, default=0.0)

    def __post_init__(self):
        self.total = self.price * 2


a, b = Item(2.5, "pen", ["x"]), Item(1.0)
print(a, b, a > b, sorted([a, b]), a == Item(2.5, "pen"), a.total, asdict(a), astuple(b), replace(a, name="ink"))
print([f.name for f in fields(a)], Item.__doc__, Item.__match_args__)


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


p = Point(1)
print(p, hash(p) == hash(Point(1, 0)), {p: 1}[Point(1)])
for action in (lambda: setattr(p, "x", 2), lambda: Item(), lambda: Point(1, 2, 3)):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e)


class Color(enum.Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1

    @property
    def nice(self):
        return self.name.title()


print(Color.RED, repr(Color.GREEN), Color(1), Color["GREEN"], list(Color), Color.CRIMSON is Color.RED, Color.RED.nice)
print(Color.__members__.keys(), Color.RED in Color, isinstance(Color.RED, Color), len(Color), Color.GREEN.value)
try:
    Color(5)
except ValueError as e:
    print(e)


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()


rw = Perm.R | Perm.W
print(rw, Perm.R in rw, rw & Perm.W, ~Perm.X, Perm(0), list(rw), rw.value)


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class Kind(enum.StrEnum):
    A = enum.auto()
    B = "bee"


print(Level.HIGH > Level.LOW, Level.LOW + 1, f"{Level.HIGH}", Kind.A, Kind.B.upper(), sorted(Level, reverse=True))


class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self): ...

    @abc.abstractmethod
    def scale(self, k): ...


class Square(Shape):
    def __init__(self, s):
        self.s = s

    @property
    def area(self):
        return self.s ** 2

    def scale(self, k):
        return Square(self.s * k)


try:
    Shape()
except TypeError as e:
    print(e)
print(Square(3).scale(2).area, isinstance(Square(1), Shape), Shape.__abstractmethods__ == frozenset({"area", "scale"}))


class Duck:
    pass


Shape.register(Duck)
print(issubclass(Duck, Shape), isinstance(Duck(), Shape))


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as e:
        print("handled", e)
    finally:
        print(f"</{name}>")


with tag("a") as t, tag("b"):
    print(t)
    raise ValueError("inside")
with contextlib.suppress(KeyError), contextlib.ExitStack() as stack:
    stack.enter_context(tag("c"))
    stack.callback(print, "callback")
    {}["x"]
with contextlib.closing(type("C", (), {"close": lambda self: print("closed")})()), contextlib.nullcontext(5) as five:
    print(five)
nested = {"k": [1, [2, 3]], "p": p}
shallow, deep = copy.copy(nested), copy.deepcopy(nested)
nested["k"][1].append(4)
print(shallow, deep, deep["p"] == p, copy.copy([1]), copy.deepcopy(Item(1, tags=["z"])))


class Stack(typing.Generic[typing.TypeVar("T")]):
    def __init__(self) -> None:
        self.items: list = []


class Movie(typing.NamedTuple):
    title: str
    year: int = 1999


class Config(typing.TypedDict, total=False):
    debug: bool


@typing.runtime_checkable
class Closes(typing.Protocol):
    def close(self) -> None: ...


print(Stack[int], typing.Optional[int], typing.Union[int, str, None], list[int] | None, typing.Callable[[int], str])
print(Movie("Matrix"), Movie("A", 2)._asdict(), Config(debug=True), isinstance(open, Closes), typing.get_type_hints(Movie))
print(typing.get_args(dict[str, int]), typing.get_origin(list[int]), typing.cast(int, "x"), typing.Literal["a", 1], typing.Any)
