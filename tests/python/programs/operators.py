"""Special methods of all operators, reflected and in place, comparisons, containers, conversions."""
import math


class Vector:
    def __init__(self, *items):
        self.items = list(items)

    def __repr__(self):
        return f"Vector({', '.join(map(repr, self.items))})"

    def __add__(self, o):
        if not isinstance(o, Vector):
            return NotImplemented
        return Vector(*(a + b for a, b in zip(self.items, o.items)))

    def __radd__(self, o):
        return Vector(*(o + a for a in self.items))

    def __iadd__(self, o):
        self.items = [a + b for a, b in zip(self.items, o.items)]
        return self

    def __sub__(self, o):
        return self + -o

    def __neg__(self):
        return Vector(*(-a for a in self.items))

    def __pos__(self):
        return self

    def __invert__(self):
        return Vector(*self.items[::-1])

    def __abs__(self):
        return math.sqrt(self @ self)

    def __mul__(self, o):
        return Vector(*(a * o for a in self.items))

    __rmul__ = __mul__

    def __matmul__(self, o):
        return sum(a * b for a, b in zip(self.items, o.items))

    def __truediv__(self, o):
        return Vector(*(a / o for a in self.items))

    def __floordiv__(self, o):
        return Vector(*(a // o for a in self.items))

    def __mod__(self, o):
        return Vector(*(a % o for a in self.items))

    def __divmod__(self, o):
        return self // o, self % o

    def __pow__(self, o, mod=None):
        return Vector(*(pow(a, o, mod) for a in self.items))

    def __rpow__(self, o):
        return f"{o}**{self}"

    def __lshift__(self, o):
        return f"{self}<<{o}"

    def __rlshift__(self, o):
        return f"{o}<<{self}"

    def __and__(self, o):
        return f"{self}&{o}"

    def __ror__(self, o):
        return f"{o}|{self}"

    def __xor__(self, o):
        return NotImplemented

    def __eq__(self, o):
        return isinstance(o, Vector) and self.items == o.items

    def __hash__(self):
        return hash(tuple(self.items))

    def __lt__(self, o):
        return abs(self) < abs(o)

    def __le__(self, o):
        return abs(self) <= abs(o)

    def __bool__(self):
        return any(self.items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return Vector(*self.items[i])
        return self.items[i]

    def __setitem__(self, i, v):
        self.items[i] = v

    def __delitem__(self, i):
        del self.items[i]

    def __contains__(self, v):
        return v in self.items

    def __iter__(self):
        return iter(self.items)

    def __reversed__(self):
        return reversed(self.items)

    def __call__(self, f):
        return Vector(*map(f, self.items))

    def __format__(self, spec):
        return "<" + ", ".join(format(a, spec) for a in self.items) + ">"

    def __round__(self, n=None):
        return Vector(*(round(a, n) for a in self.items))

    def __index__(self):
        return len(self.items)

    def __int__(self):
        return int(abs(self))

    def __float__(self):
        return abs(self)

    def __complex__(self):
        return complex(*self.items[:2])


v, w = Vector(3, 4), Vector(1, 2)
print(v + w, 10 + v, v - w, -v, +v is v, ~v, abs(v), v * 2, 2 * v, v @ w)
print(v / 2, v // 2, v % 2, divmod(v, 2), v**2, pow(v, 2, 5), 2**v, v << 1, 1 << v, v & 1, 1 | v)
v += w
print(v, v == Vector(4, 6), v != w, v < w, v > w, v <= w, v >= w, bool(Vector(0, 0)), bool(v))
print(len(v), v[0], v[::-1], 6 in v, 7 in v, list(v), list(reversed(v)), v(str), f"{v:.2f}", f"{v!r:>20}")
v[0] = 9
del v[1]
print(v, hash(Vector(1)) == hash((1,)), {Vector(1): "one"}[Vector(1)], sorted([Vector(5), Vector(1)]))
print([10, 20, 30][Vector(1, 2)], hex(Vector(1, 2, 3)), int(Vector(3, 4)), float(Vector(3, 4)), complex(Vector(3, 4)))
print(round(Vector(1.256, 2.5), 1), round(Vector(1.5)), range(5)[Vector(1)], "ab" * Vector(1, 1, 1))
for expression in ("v ^ 1", "v >> 1", "'a' + v", "v + 1", "v < 1", "[] < v", "v.x", "v[9]", "v @ 1", "1 @ v", "v |= 1",
                   "~object()", "-[]", "+{}", "abs('')", "round(v, 'x')", "{}[[]]", "len(5)", "v[None]", "del v[3]"):
    try:
        exec(expression)
        print(expression, "fine")
    except Exception as e:
        print(expression, "->", type(e).__name__, e)


class Loud:
    def __init__(self, name):
        self.name = name

    def __add__(self, o):
        print(self.name, "add")
        return NotImplemented

    def __radd__(self, o):
        print(self.name, "radd")
        return NotImplemented

    def __eq__(self, o):
        print(self.name, "eq")
        return NotImplemented

    def __lt__(self, o):
        print(self.name, "lt")
        return NotImplemented

    def __gt__(self, o):
        print(self.name, "gt")
        return NotImplemented


class Louder(Loud):
    def __radd__(self, o):
        print(self.name, "louder radd")
        return "radd result"


a, b, c = Loud("a"), Loud("b"), Louder("c")
for f in (lambda: a + b, lambda: a + c, lambda: a + 1, lambda: 1 + a, lambda: a < b, lambda: a < c):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(a == b, a != b, a == 1)


class Partial:
    def __eq__(self, o):
        return True


print(Partial() == 1, 1 == Partial(), Partial() != 1, Partial.__hash__)
try:
    hash(Partial())
except TypeError as e:
    print(e)


class OldIter:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(OldIter()), 9 in OldIter(), 10 in OldIter(), sum(OldIter()), dict(enumerate(OldIter())))


class BadLen:
    def __len__(self):
        return -1


class BadBool:
    def __bool__(self):
        return 1


class BadStr:
    def __str__(self):
        return 5

    def __repr__(self):
        return None


class BadIter:
    def __iter__(self):
        return 5


for f in (lambda: len(BadLen()), lambda: bool(BadLen()), lambda: not BadBool(), lambda: str(BadStr()), lambda: repr(BadStr()),
          lambda: iter(BadIter()), lambda: list(BadIter()), lambda: next(BadIter())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = [1, 2]
y = x
x += (3,)
print(x, y, x is y)
t = (1, 2)
u = t
t += (3,)
print(t, u)
x *= 2
s = {1, 2}
s |= {3}
s &= {2, 3, 4}
s ^= {2, 9}
s -= {9}
print(x, s)
t = ([],)
try:
    t[0] += [1]
except TypeError as e:
    print(e, t)
print(1 < 2 < 3 > 2 != 5, 1 < 3 < 2, not (1 > 2) == True, 1 if [] else 2, [] or "x", 0 and 1, None is None, 3 not in [1])
