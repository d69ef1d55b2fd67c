"""itertools and functools at work."""
import functools
import itertools as it
import operator

print(list(it.islice(it.count(10, 3), 4)), list(it.islice(it.cycle("ab"), 5)), list(it.repeat(7, 3)))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate("abc", initial="-")))
print(list(it.chain("ab", [1])), list(it.chain.from_iterable(["ab", "cd"])), list(it.compress("abcd", [1, 0, 1, 0])))
print(list(it.dropwhile(lambda x: x < 3, [1, 4, 2])), list(it.takewhile(lambda x: x < 3, [1, 4, 2])))
print(list(it.filterfalse(str.isdigit, "a1b2")), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.pairwise("abcd")))
print([(k, list(g)) for k, g in it.groupby("aaabbca")], [list(x) for x in it.tee([1, 2], 2)])
print(list(it.zip_longest("abc", [1], fillvalue="?")), list(it.product("ab", repeat=2)), list(it.permutations([1, 2, 3], 2)))
print(list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)), len(list(it.product(range(3), "ab"))))


def primes():
    found = []
    for n in it.count(2):
        if all(n % p for p in it.takewhile(lambda p: p * p <= n, found)):
            found.append(n)
            yield n


print(list(it.islice(primes(), 12)), sum(it.takewhile(lambda p: p < 100, primes())))


def batched(xs, n):
    iterator = iter(xs)
    while chunk := tuple(it.islice(iterator, n)):
        yield chunk


print(list(batched("abcdefg", 3)))
print(functools.reduce(operator.mul, range(1, 11)), functools.reduce(lambda a, b: a + b, [], 0))


@functools.lru_cache(maxsize=3)
def square(x):
    print("compute", x)
    return x * x


print([square(x) for x in (1, 2, 1, 3, 4, 1)], square.cache_info(), square.__name__, square.__wrapped__(5))


@functools.cache
def ways(n, coins=(1, 5, 10, 25)):
    if n == 0:
        return 1
    if n < 0 or not coins:
        return 0
    return ways(n - coins[-1], coins) + ways(n, coins[:-1])


print(ways(100), ways.cache_info().currsize > 0)
add3 = functools.partial(operator.add, 3)
show = functools.partial(print, "partial", sep="-", end="!\n")
print(add3(4), add3, functools.partial(add3, 1)())
show(1, 2)
print(sorted("banana split", key=functools.cmp_to_key(lambda a, b: (a < b) - (a > b))))


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


versions = [Version(v) for v in ("1.10", "1.9", "1.2.3")]
print(sorted(versions), max(versions), versions[0] >= versions[1], Version("1.0") != Version("1"))


@functools.singledispatch
def describe(x):
    return f"object {x!r}"


@describe.register
def _(x: int):
    return f"int {x:+d}"


@describe.register(list)
def _(x):
    return "list of " + ", ".join(map(describe, x))


print(describe(5), describe([1, "a", [2.5]]), describe(None))


class Circle:
    def __init__(self, r):
        self.r = r

    @functools.cached_property
    def area(self):
        print("area computed")
        return 3 * self.r ** 2


c = Circle(2)
print(c.area, c.area, vars(c))
print(operator.itemgetter(1, "x")({1: "a", "x": "b"}), operator.attrgetter("r")(c), operator.methodcaller("upper")("abc"))
