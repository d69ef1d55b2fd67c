"""Closures, decorators, scopes, default arguments, argument binding errors."""
import functools


def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def reset():
        nonlocal count
        count = start

    step.reset = reset
    return step


c = counter(10)
print(c(), c(5), c.reset(), c())
adders = [lambda x, n=n: x + n for n in range(3)]
late = [lambda: n for n in range(3)]
print([f(10) for f in adders], [f() for f in late])


def logged(prefix="", *, log=[]):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            result = f(*args, **kwargs)
            log.append(f"{prefix}{f.__name__}{args}{kwargs or ''}={result}")
            return result

        wrapper.log = log
        return wrapper

    return decorate


@logged(">")
def add(a, b=2, *rest, c=3, **others):
    "Adds."
    return a + b + c + sum(rest) + sum(others.values())


print(add(1), add(1, 1, 1, 1), add(1, c=0, d=100), add(*[1, 2], **{"c": 5}))
print(add.log, add.__name__, add.__doc__, add.__wrapped__.__defaults__, add.__wrapped__.__kwdefaults__)


def memo(f):
    cache = {}

    def g(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]

    g.cache = cache
    return g


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), len(fib.cache))


class Trace:
    def __init__(self, f):
        self.f, self.calls = f, 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)

    def __get__(self, obj, owner):
        return functools.partial(self, obj) if obj is not None else self


class Thing:
    @Trace
    def double(self, x):
        return x * 2

    @staticmethod
    @logged("static ")
    def plain(x):
        return x


t = Thing()
print(t.double(4), t.double(5), Thing.double.calls, Thing.plain(1))


def compose(*fs):
    return functools.reduce(lambda f, g: lambda x: f(g(x)), fs, lambda x: x)


print(compose(str, lambda x: x + 1, abs)(-41), (lambda *a, **k: (a, k))(1, 2, z=3))

x = "global"


def scopes():
    print(x)

    def inner():
        x = "inner"

        class C:
            y = x
            x = "class"
            z = [x for _ in range(1)]

        return C.y, C.x, C.z

    return inner()


print(scopes())


def shadow():
    try:
        print(x)
        x = 1
    except UnboundLocalError as e:
        print(e)
    global y
    y = 5
    del y
    try:
        y
    except NameError as e:
        print(e)


shadow()


def free():
    def get():
        return later

    try:
        get()
    except NameError as e:
        print(e)
    later = 3
    return get()


print(free())


def f(a, b, /, c, d=4, *, e, g=6):
    return a, b, c, d, e, g


def g(*args, **kw):
    return len(args), sorted(kw)


def h():
    pass


print(f(1, 2, 3, e=5), f(1, 2, c=3, d=0, e=5, g=7), g(*range(3), 4, *"ab", k=1, **{"z": 2}))
for call in ("f()", "f(1, 2, 3)", "f(1, 2, 3, 4, 5, e=1)", "f(1, b=2, c=3, e=5)", "f(1, 2, 3, e=5, zz=1)", "f(1, 2, 3, c=3, e=5)",
             "h(1)", "h(x=1)", "f(1)", "f(1, 2, e=3, *[5, 6, 7])", "g(**{1: 2})", "g(*5)", "g(**5)", "g(k=1, **{'k': 2})", "(lambda a: a)()",
             "Thing().nope(1)", "Thing(1)", "len()", "Trace()", "int(1, 2, 3)", "f(1, 2, 3, 4, 5, 6, e=1)", "adders[0](1, 2, 3)"):
    try:
        print(eval(call))
    except TypeError as e:
        print(call, "->", e)
    except AttributeError as e:
        print(call, "->", e)


def defaults(a, acc=[]):
    acc.append(a)
    return acc


print(defaults(1), defaults(2), defaults.__defaults__)
first, *rest = (lambda: (yield 1))(), 2, 3
print(rest, [y for y in range(3) if (z := y * 2) > 1], z)
print([[i * j for j in range(i)] for i in range(4)], {k: v for k, v in zip("ab", range(2))}, {i % 3 for i in range(10)})
nested = [lambda: [k for k in range(3)] for _ in range(2)]
print(nested[0](), (lambda f: f(f, 5))(lambda f, n: 1 if n == 0 else n * f(f, n - 1)))


def annotated(a: int, b: "str" = "x", *c: float, d: list[int] = None) -> dict:
    v: int = 5
    return v


print(annotated.__annotations__, annotated.__code__.co_varnames, annotated.__code__.co_argcount, annotated.__qualname__)
print(scopes.__code__.co_name, counter().__closure__ is not None, counter().__qualname__, [cell.cell_contents for cell in counter(7).__closure__])
