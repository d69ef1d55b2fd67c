"""A trie, a binary search tree, a heap, an LRU cache, a linked list, a matrix, union-find, a ring buffer."""


class Trie:
    def __init__(self):
        self.children, self.end = {}, False

    def insert(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end = True

    def words(self, prefix=""):
        if self.end:
            yield prefix
        for c, child in sorted(self.children.items()):
            yield from child.words(prefix + c)

    def complete(self, prefix):
        node = self
        for c in prefix:
            if c not in node.children:
                return []
            node = node.children[c]
        return list(node.words(prefix))


class Tree:
    class Node:
        __slots__ = "key", "value", "left", "right"

        def __init__(self, key, value):
            self.key, self.value = key, value
            self.left = self.right = None

    def __init__(self, items=()):
        self.root, self.size = None, 0
        for k, v in items:
            self[k] = v

    def __setitem__(self, key, value):
        parent, node = None, self.root
        while node is not None:
            if key == node.key:
                node.value = value
                return
            parent, node = node, node.left if key < node.key else node.right
        self.size += 1
        new = Tree.Node(key, value)
        if parent is None:
            self.root = new
        elif key < parent.key:
            parent.left = new
        else:
            parent.right = new

    def __getitem__(self, key):
        node = self.root
        while node is not None:
            if key == node.key:
                return node.value
            node = node.left if key < node.key else node.right
        raise KeyError(key)

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __len__(self):
        return self.size

    def __iter__(self):
        stack, node = [], self.root
        while stack or node:
            while node:
                stack.append(node)
                node = node.left
            node = stack.pop()
            yield node.key
            node = node.right

    def depth(self):
        def go(n):
            return 0 if n is None else 1 + max(go(n.left), go(n.right))

        return go(self.root)


class LRU:
    def __init__(self, capacity):
        self.capacity, self.data = capacity, {}

    def get(self, key):
        if key in self.data:
            self.data[key] = value = self.data.pop(key)
            return value
        return None

    def put(self, key, value):
        self.data.pop(key, None)
        self.data[key] = value
        if len(self.data) > self.capacity:
            del self.data[next(iter(self.data))]


class Linked:
    def __init__(self, items=()):
        self.head = None
        for item in reversed(list(items)):
            self.head = (item, self.head)

    def __iter__(self):
        node = self.head
        while node:
            yield node[0]
            node = node[1]

    def reverse(self):
        node, self.head = self.head, None
        while node:
            self.head = (node[0], self.head)
            node = node[1]
        return self

    def __repr__(self):
        return " -> ".join(map(repr, self)) or "empty"


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def __matmul__(self, o):
        columns = list(zip(*o.rows))
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in columns] for row in self.rows])

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result

    def determinant(self):
        m, sign, previous = [r[:] for r in self.rows], 1, 1
        n = len(m)
        for k in range(n - 1):
            if m[k][k] == 0:
                for i in range(k + 1, n):
                    if m[i][k]:
                        m[k], m[i] = m[i], m[k]
                        sign = -sign
                        break
                else:
                    return 0
            for i in range(k + 1, n):
                for j in range(k + 1, n):
                    m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) // previous
            previous = m[k][k]
        return sign * m[-1][-1]

    def transpose(self):
        return Matrix(zip(*self.rows))

    def __eq__(self, o):
        return self.rows == o.rows

    def __str__(self):
        return "\n".join(" ".join(f"{x:>4}" for x in row) for row in self.rows)


class UnionFind:
    def __init__(self, n):
        self.parent, self.sizes = list(range(n)), [1] * n

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = x = self.parent[self.parent[x]]
        return x

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.sizes[a] < self.sizes[b]:
            a, b = b, a
        self.parent[b] = a
        self.sizes[a] += self.sizes[b]
        return True


trie = Trie()
for word in "tea ten to inn in i ted team".split():
    trie.insert(word)
print(list(trie.words()), trie.complete("te"), trie.complete("x"))
keys = [(i * 7919) % 1009 for i in range(300)]
tree = Tree((k, k * k) for k in keys)
print(len(tree), tree.depth(), list(tree)[:8], tree[keys[5]] == keys[5] ** 2, 5000 in tree, list(tree) == sorted(set(keys)))
try:
    tree["x" if False else -1]
except KeyError as e:
    print("missing", e)
lru = LRU(3)
for k in "abcadbea":
    if lru.get(k) is None:
        lru.put(k, k.upper())
print(lru.data, lru.get("zz"))
print(Linked([1, 2, 3]), Linked([1, 2, 3]).reverse(), Linked(), sum(Linked(range(10))))
m = Matrix([[1, 1], [1, 0]])
print(m**10, (m**90).rows[0][1], Matrix([[2, 0, 1], [1, 3, 2], [1, 1, 4]]).determinant(), sep="\n")
print(Matrix([[1, 2, 3], [4, 5, 6]]).transpose(), Matrix([[0, 1], [1, 0]]).determinant(), m @ Matrix.identity(2) == m)
uf = UnionFind(10)
print([uf.union(a, b) for a, b in ((0, 1), (2, 3), (1, 3), (0, 2), (8, 9))], len({uf.find(i) for i in range(10)}), uf.sizes[uf.find(0)])
life = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(8):
    counts = {}
    for x, y in life:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    counts[x + dx, y + dy] = counts.get((x + dx, y + dy), 0) + 1
    life = {c for c, n in counts.items() if n == 3 or n == 2 and c in life}
print(sorted(life))
a = [1, 2, 3, 4, 5, 6]
a[1:3] = ["x"]
a[::2] = [0, 0, 0]
del a[-1:]
a[len(a):] = [7, 8]
a.insert(-1, "i")
print(a, a.index("i"), a.count(0), a.pop(0), a[::-1], a[-2:], [1] + [2] * 2, [[0] * 2 for _ in range(2)])
b = a[:]
b.reverse()
b.sort(key=str, reverse=True)
print(b, a == b, a is a[:], [3, [1]] < [3, [2]], sorted(["b", "A", "c"], key=str.lower), sorted([(1, "b"), (1, "a")]), list("hello")[1:4:2])
d = {"z": 1, "a": 2}
d.update(b=3, **{"c": 4})
print(d, list(d), d.pop("z"), d.popitem(), d.setdefault("n", []), d.get("q", 0), d.items() >= {("a", 2)}, d.keys() & {"a", "x"}, list(reversed(d)), {**d, "a": 0} | {"new": 1})
for k in list(d):
    if k != "a":
        del d[k]
print(d, dict([("k", 1)], v=2), dict.fromkeys("ab", 0), {1: "a", 1.0: "b", True: "c"}, d == {"a": 2}, len(d))
try:
    for k in d:
        d[k + "x"] = 1
except RuntimeError as e:
    print(e)
s = {5, 1, 9, 33, 12, 7, 100, 3}
s2 = set(range(0, 40, 3))
print(s, s2, s | s2, s & s2, s - s2, s ^ s2, s2 > {3, 6}, s.isdisjoint({2}), frozenset([3, 1, 2]), {frozenset([1]): 2}[frozenset([1])])
s.discard(1000)
s.add(-1)
s.remove(5)
s.update([64, 65], (66,))
print(s, len(s), min(s), sorted(s), {x % 5 for x in s}, s.pop() in {-1, 64, 1, 33}, set("hello") == set("olleh"))
t = (1, [2], "x")
t[1].append(3)
print(t, t + (4,), t * 2, t.index("x"), t.count(1), (1, 2) < (1, 3), tuple(range(3)), t[::-1], hash((1, 2)) == hash((1, 2)), ((),), (1,))
r = range(10, 0, -3)
print(r, list(r), len(r), r[1], r[-1], 4 in r, 5 in r, r.index(7), r[1:], r == range(10, 0, -3), range(0) == range(2, 2), list(reversed(r)), sum(range(101)), range(5)[::-2])
