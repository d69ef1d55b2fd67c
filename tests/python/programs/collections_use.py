"""deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap and the heap."""
import heapq
import bisect
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

d = deque(range(5), maxlen=5)
d.append(5)
d.appendleft(-1)
d.rotate(2)
print(d, d.popleft(), d.pop(), len(d), d[0], d[-1], 3 in d, list(reversed(d)), d.count(1), d.index(2))
d.extend("ab")
d.extendleft([9])
d.remove("a")
d.insert(1, "i")
print(d, d.copy() == d, d.maxlen, deque([1, 2]) + deque([3]), deque([1]) * 3, deque([1, 2]) < deque([1, 3]))
try:
    deque().pop()
except IndexError as e:
    print(e)
try:
    for x in d:
        d.append(x)
except RuntimeError as e:
    print(e)

c = Counter("mississippi")
print(c, c.most_common(2), c["s"], c["z"], sum(c.values()), sorted(c.elements())[:4])
c.update("miss")
c.subtract(Counter(s=5, x=1))
print(c, +c, c + Counter(a=1), c - Counter(i=3), c & Counter(i=2, s=9), c | Counter(q=1), c.total())
del c["x"]
print(sorted(c.items()), Counter(a=1) == Counter(a=1, b=0), Counter(["a", "b", "a"]).most_common())

g = defaultdict(list)
for word in "the quick brown fox jumps over the lazy dog".split():
    g[len(word)].append(word)
print(dict(g), g, g.get(9), 9 in g, g[9], 9 in g)
tree = lambda: defaultdict(tree)
t = tree()
t["a"]["b"]["c"] = 1
print(t["a"]["b"]["c"], len(t["a"]))
try:
    defaultdict(None)["x"]
except KeyError as e:
    print("KeyError", e)

o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
print(o, list(o), o.popitem(), o.popitem(last=False), o == {"c": 3}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
o["z"] = 1
o.move_to_end("z", last=False)
print(o, list(reversed(o)))

Point = namedtuple("Point", "x y z", defaults=[0])
p = Point(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=9), Point._fields, Point._make([7, 8, 9]), p == (1, 2, 0), hash(p) == hash((1, 2, 0)))
x, *rest = p
print(x, rest, p + (5,), len(p), sorted([Point(2, 1), Point(1, 5)]), isinstance(p, tuple), Point.__doc__, p.index(2))
for f in (lambda: Point(), lambda: Point(1, 2, 3, 4), lambda: Point(1, 2, w=3), lambda: p.w, lambda: namedtuple("Bad", "a a"), lambda: namedtuple("Bad", "def"), lambda: p._replace(q=1)):
    try:
        print(f())
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
try:
    p.x = 5
except AttributeError as e:
    print(e)


class Point3(Point):
    __slots__ = ()

    @property
    def norm2(self):
        return self.x**2 + self.y**2 + self.z**2


print(Point3(1, 2, 3).norm2, Point3(1, 2))
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["c"] = 4
print(m["a"], m["b"], dict(m), m.maps[0], sorted(m), len(m), m.new_child({"a": 0})["a"])

h = []
for v in (5, 2, 8, 1, 9, 3):
    heapq.heappush(h, v)
print(h, heapq.heappop(h), heapq.heappushpop(h, 4), heapq.heapreplace(h, 7), heapq.nlargest(2, h), heapq.nsmallest(3, h))
print(list(heapq.merge([1, 4, 7], [2, 5], [0, 9])), heapq.nsmallest(2, "hello world", key=ord))
items = [(3, "c"), (1, "z"), (1, "a"), (2, "b")]
heapq.heapify(items)
print([heapq.heappop(items) for _ in range(4)])
a = [1, 3, 3, 5, 9]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 4), bisect.bisect([], 1))
bisect.insort(a, 4)
bisect.insort_left(a, 3)
print(a, bisect.bisect([10, 8, 6], -7, key=lambda v: -v))
