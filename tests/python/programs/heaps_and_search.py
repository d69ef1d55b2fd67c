"""heapq, bisect, Dijkstra, Huffman codes, merging."""
import bisect
import heapq
from collections import Counter, defaultdict

heap = []
for value in (5, 1, 8, 3, 9, 2):
    heapq.heappush(heap, value)
print(heap, [heapq.heappop(heap) for _ in range(3)], heapq.heappushpop(heap, 4), heapq.heapreplace(heap, 7), heap)
data = [9, 4, 7, 1]
heapq.heapify(data)
print(data, heapq.nlargest(2, data), heapq.nsmallest(2, data, key=lambda x: -x), list(heapq.merge([1, 4], [2, 3], [0])))

graph = defaultdict(dict)
for a, b, w in [("A", "B", 7), ("A", "C", 3), ("C", "B", 1), ("C", "D", 8), ("B", "D", 2), ("B", "E", 6), ("D", "E", 3)]:
    graph[a][b] = w
    graph[b][a] = w


def dijkstra(start):
    distance, previous, queue = {start: 0}, {}, [(0, start)]
    while queue:
        d, node = heapq.heappop(queue)
        if d > distance[node]:
            continue
        for other, w in graph[node].items():
            if d + w < distance.get(other, float("inf")):
                distance[other] = d + w
                previous[other] = node
                heapq.heappush(queue, (d + w, other))
    return distance, previous


distance, previous = dijkstra("A")
print(sorted(distance.items()))
path, node = [], "E"
while node:
    path.append(node)
    node = previous.get(node)
print(" -> ".join(reversed(path)))


def huffman(text):
    queue = [(n, i, c) for i, (c, n) in enumerate(sorted(Counter(text).items()))]
    heapq.heapify(queue)
    fresh = len(queue)
    while len(queue) > 1:
        (n1, _, left), (n2, _, right) = heapq.heappop(queue), heapq.heappop(queue)
        heapq.heappush(queue, (n1 + n2, fresh, (left, right)))
        fresh += 1
    codes = {}

    def walk(tree, prefix):
        if isinstance(tree, str):
            codes[tree] = prefix or "0"
        else:
            walk(tree[0], prefix + "0")
            walk(tree[1], prefix + "1")

    walk(queue[0][2], "")
    return codes


codes = huffman("abracadabra alakazam")
encoded = "".join(codes[c] for c in "abracadabra alakazam")
print(sorted(codes.items()), len(encoded), encoded)
decode, out, prefix = {v: k for k, v in codes.items()}, [], ""
for bit in encoded:
    prefix += bit
    if prefix in decode:
        out.append(decode[prefix])
        prefix = ""
print("".join(out))

grades = [60, 70, 80, 90]
print([(s, "FDCBA"[bisect.bisect(grades, s)]) for s in (33, 99, 77, 70, 89, 90, 100)])
xs = []
for x in (5, 2, 8, 2, 9, 1):
    bisect.insort(xs, x)
print(xs, bisect.bisect_left(xs, 2), bisect.bisect_right(xs, 2), bisect.bisect(xs, 3, 1, 4))
people = [("ann", 20), ("bob", 25), ("cid", 31)]
bisect.insort(people, ("eve", 27), key=lambda p: p[1])
print(people, bisect.bisect_left(people, 25, key=lambda p: p[1]))


class Task:
    def __init__(self, priority, name):
        self.priority, self.name = priority, name

    def __lt__(self, other):
        return self.priority < other.priority

    def __repr__(self):
        return f"{self.name}@{self.priority}"


tasks = []
for p, n in ((3, "c"), (1, "a"), (2, "b"), (1, "a2")):
    heapq.heappush(tasks, Task(p, n))
print([heapq.heappop(tasks) for _ in range(4)])
try:
    heapq.heappop([])
except IndexError as e:
    print(e)
try:
    heapq.heappush((), 1)
except TypeError as e:
    print(e)
