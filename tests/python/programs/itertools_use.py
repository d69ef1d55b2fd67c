"""All of itertools, and functools and operator beside it."""
import functools
import itertools as it
import operator as op

print(list(it.islice(it.count(5, 3), 4)), list(it.islice(it.cycle("ab"), 5)), list(it.repeat("x", 3)), list(it.chain("ab", [1], ())))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate([1, 2], op.mul, initial=10)))
print(list(it.compress("abcdef", [1, 0, 1, 0, 1])), list(it.dropwhile(lambda x: x < 3, [1, 3, 2, 5])), list(it.takewhile(str.isalpha, "ab1c")))
print(list(it.filterfalse(lambda x: x % 2, range(6))), list(it.filterfalse(None, [0, 1, ""])), list(it.starmap(pow, [(2, 3), (3, 2)])))
print([(k, list(g)) for k, g in it.groupby("aaabbca")], [(k, len(list(g))) for k, g in it.groupby(range(10), key=lambda x: x // 4)])
print(list(it.pairwise("abcd")), list(it.zip_longest("abc", [1], fillvalue="-")), list(it.islice("abcdefgh", 1, 7, 2)), list(it.islice("abc", 2)))
print(list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=2)), list(it.product()), list(it.product("a", [])))
print(list(it.permutations("abc", 2)), len(list(it.permutations(range(5)))), list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)))
print(list(it.permutations([1], 2)), list(it.combinations([], 0)), list(it.chain.from_iterable(["ab", "cd"])))
a, b = it.tee(iter("xyz"))
print(next(a), next(a), list(b), list(a))
groups = it.groupby([1, 1, 2])
first = next(groups)
second = next(groups)
print(first[0], list(first[1]), second[0], list(second[1]))
print(repr(it.count(3)), repr(it.count(1, 2)), repr(it.repeat(1, 2)), next(it.count(2.5, 0.5)), sum(it.repeat(2, 5)))
for f in (lambda: it.islice("a", -1), lambda: it.combinations("a", -1), lambda: list(it.chain(1)), lambda: it.product("a", repeat=-1), lambda: list(zip([1], [1, 2], strict=True))):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)

print(functools.reduce(op.add, [[1], [2, 3]], []), functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]))
try:
    functools.reduce(op.add, [])
except TypeError as e:
    print(e)
basetwo = functools.partial(int, base=2)
print(basetwo("1010"), basetwo.func, basetwo.keywords, functools.partial(print, "a", sep="-")("b", "c"))


@functools.lru_cache(maxsize=2)
def square(x):
    print("computing", x)
    return x * x


print(square(2), square(3), square(2), square(4), square(3), square.cache_info())
square.cache_clear()
print(square.cache_info(), square.__name__)


@functools.cache
def ways(n, k):
    return 1 if k in (0, n) else ways(n - 1, k - 1) + ways(n - 1, k)


print(ways(60, 30), ways.cache_info().misses)


@functools.total_ordering
class Card:
    def __init__(self, rank):
        self.rank = rank

    def __eq__(self, other):
        return self.rank == other.rank

    def __lt__(self, other):
        return self.rank < other.rank


print(Card(3) > Card(2), Card(3) >= Card(3), Card(1) <= Card(0), max(Card(5), Card(9)).rank)
print(sorted([5, -3, 2], key=functools.cmp_to_key(lambda a, b: abs(a) - abs(b))))


@functools.singledispatch
def kind(x):
    return "object"


@kind.register
def _(x: int):
    return "int"


@kind.register(list)
def _(x):
    return "list of " + kind(x[0])


print(kind(1), kind([2]), kind("s"), kind(True))


class Cached:
    @functools.cached_property
    def value(self):
        print("once")
        return 42


c = Cached()
print(c.value, c.value)
print(op.itemgetter(1)("abc"), op.itemgetter(0, 2)("abc"), op.attrgetter("real")(5), op.attrgetter("__class__.__name__")(5), op.methodcaller("upper")("x"))
print(sorted([(2, "b"), (1, "z"), (2, "a")], key=op.itemgetter(0)), op.add(1, 2), op.contains([1], 1), op.truth([]), op.index(5), op.concat("a", "b"))
records = [{"n": "x", "v": 3}, {"n": "y", "v": 1}]
print(min(records, key=op.itemgetter("v"))["n"], list(map(op.mul, [1, 2], [3, 4])), op.iadd([1], [2]), op.not_(0), op.is_(None, None))
