"""Generators, pipelines, delegation, send, throw and close."""
from itertools import chain, count, islice, takewhile


def numbers(limit):
    n = 0
    while n < limit:
        received = yield n
        if received is not None:
            print("received", received)
            n = received
        else:
            n += 1


def evens(source):
    return (n for n in source if n % 2 == 0)


def windows(source, size):
    window = []
    for item in source:
        window.append(item)
        if len(window) == size:
            yield tuple(window)
            window.pop(0)


g = numbers(10)
print(next(g), next(g), g.send(7), next(g), list(g))
print(list(windows(evens(numbers(20)), 3)))


def averager():
    total = count = 0
    average = None
    try:
        while True:
            value = yield average
            total += value
            count += 1
            average = total / count
    except GeneratorExit:
        print("closing at", average)
        raise
    finally:
        print("finally")


a = averager()
next(a)
for v in (10, 20, 60):
    print(a.send(v))
a.close()
a.close()


def resilient():
    while True:
        try:
            yield "ok"
        except ValueError as e:
            yield f"handled {e}"


r = resilient()
print(next(r), r.throw(ValueError("bad")), next(r))
try:
    r.throw(KeyError, "k")
except KeyError as e:
    print("escaped", e)
print(list(r))


def inner():
    try:
        x = yield 1
        print("inner got", x)
        yield 2
    except RuntimeError as e:
        print("inner caught", e)
        yield 3
    return "result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from "ab"
    return (yield from range(2))


o = outer()
print(next(o), o.send("hello"), o.throw(RuntimeError("stop")), list(o))


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


print(list(tree(4)))


def primes():
    composites = {}
    for n in count(2):
        if n not in composites:
            yield n
            composites[n * n] = [n]
        else:
            for p in composites.pop(n):
                composites.setdefault(n + p, []).append(p)


print(list(islice(primes(), 25)), list(takewhile(lambda p: p < 30, primes())))
print(sum(islice(primes(), 500)))


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, (3, [4, [5]]), 6], [], [[7]]])))
print(list(chain.from_iterable([[1, 2], "ab", (3,)])), dict(zip("abc", count(1))))


def stop():
    yield 1
    raise StopIteration("inside")


try:
    list(stop())
except RuntimeError as e:
    print(type(e).__name__, e, repr(e.__cause__))


def early():
    yield 1
    return
    yield 2


print(list(early()), sum(x * x for x in range(10)), max((len(w), w) for w in ("a", "ccc", "bb")))
gen = (print("evaluated", i) or i for i in range(3))
print("before")
print(next(gen))
print(any(i > 0 for i in gen))
try:
    next(iter(()))
except StopIteration as e:
    print("stop", e.value)


def value():
    yield
    return 42


v = value()
next(v)
try:
    next(v)
except StopIteration as e:
    print("value", e.value)
lazy = (n for n in range(5))
print(2 in lazy, list(lazy))
try:
    g2 = numbers(3)
    g2.send(1)
except TypeError as e:
    print(e)


def recursive_gen():
    try:
        next(me)
    except ValueError as e:
        yield str(e)


me = recursive_gen()
print(next(me))
print([*numbers(4)], {*numbers(3)}, dict.fromkeys(numbers(2)))
a, *b = numbers(4)
print(a, b)
