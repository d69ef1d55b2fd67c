"""deque, defaultdict, OrderedDict, Counter, namedtuple, ChainMap, UserDict."""
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple

q = deque(range(5), maxlen=4)
q.append(9)
q.appendleft(8)
print(q, q[0], q[-1], list(reversed(q)), q.index(2), q.count(9), 3 in q)
q.rotate(2)
q.extend([1, 2])
q.extendleft("ab")
print(q, q.maxlen, q.pop(), q.popleft(), len(q), q == deque([1, 3]), deque([1, 2]) + deque([3]), deque("ab") * 2)
q.clear()
for action in (q.pop, q.popleft, lambda: q[0], lambda: q.remove(1), lambda: deque([1], -1)):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e)
d = deque([1, 2, 3])
try:
    for x in d:
        d.append(x)
except RuntimeError as e:
    print(e)

groups = defaultdict(list)
for word in "one two three four five six".split():
    groups[len(word)].append(word)
print(groups, dict(groups), groups.get(9), 9 in groups, groups[9], sorted(groups))
tree = lambda: defaultdict(tree)
t = tree()
t["a"]["b"]["c"] = 1
print(dict(t["a"]["b"]), defaultdict(int, x=1) | {"y": 2}, groups.default_factory)
try:
    defaultdict(None)["k"]
except KeyError as e:
    print("KeyError", e)


class LRU(OrderedDict):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if len(self) > self.size:
            del self[next(iter(self))]


cache = LRU(3)
for i in range(4):
    cache[i] = i * i
cache[1]
cache["new"] = 0
print(cache, list(cache.items()), cache.popitem(), cache.popitem(last=False))
a, b = OrderedDict(x=1, y=2), OrderedDict(y=2, x=1)
print(a == b, a == dict(b), list(reversed(a)), a | {"z": 3}, OrderedDict.fromkeys("abc", 0))

Point = namedtuple("Point", ["x", "y"], defaults=[0])
p = Point(3)
print(p, p._replace(y=4), p._asdict(), Point._fields, Point._make([7, 8]), p + (1,), p == (3, 0), p.x + p.y)
try:
    p.x = 1
except AttributeError as e:
    print(e)
try:
    Point()
except TypeError as e:
    print(e)
x, y = p
print(x, y, [*map(lambda pt: pt.x, [Point(1), Point(2)])], hash(p) == hash((3, 0)), sorted([Point(2, 1), Point(1, 2)]))

c = Counter("mississippi")
c.update("sip")
c["z"] -= 1
print(c.most_common(2), +c, -c, list(c.elements())[:4], c.total(), c - Counter("ss"), c["q"])
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["c"] = 4
print(m["a"], m["b"], dict(m), m.maps, m.new_child({"b": 9})["b"], list(m), len(m))


class Upper(UserDict):
    def __setitem__(self, key, value):
        self.data[key.upper()] = value


u = Upper(a=1)
u["b"] = 2
print(u, u["A"], "B" in u, UserList([1, 2]) + [3], len(u))
