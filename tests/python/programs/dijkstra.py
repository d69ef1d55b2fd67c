"""Shortest paths with a binary heap, and other graph algorithms."""
from collections import defaultdict, deque
from heapq import heappop, heappush


class Graph:
    def __init__(self):
        self.edges = defaultdict(list)

    def connect(self, a, b, weight):
        self.edges[a].append((b, weight))
        self.edges[b].append((a, weight))

    def dijkstra(self, source):
        distance = {source: 0}
        previous = {}
        heap = [(0, source)]
        while heap:
            d, node = heappop(heap)
            if d > distance[node]:
                continue
            for other, weight in self.edges[node]:
                new = d + weight
                if other not in distance or new < distance[other]:
                    distance[other] = new
                    previous[other] = node
                    heappush(heap, (new, other))
        return distance, previous

    def path(self, source, target):
        distance, previous = self.dijkstra(source)
        if target not in distance:
            return None, []
        steps = [target]
        while steps[-1] != source:
            steps.append(previous[steps[-1]])
        return distance[target], steps[::-1]

    def bfs(self, source):
        seen = {source: 0}
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for other, _ in self.edges[node]:
                if other not in seen:
                    seen[other] = seen[node] + 1
                    queue.append(other)
        return seen

    def spanning_tree(self):
        parent = {n: n for n in self.edges}

        def find(n):
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        total, tree = 0, []
        for weight, a, b in sorted((w, a, b) for a in self.edges for b, w in self.edges[a] if a < b):
            ra, rb = find(a), find(b)
            if ra != rb:
                parent[ra] = rb
                total += weight
                tree.append((a, b))
        return total, tree


def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed >> 8


g = Graph()
rand = lcg(42)
cities = ["ams", "ber", "cph", "dub", "edi", "fra", "gva", "hel", "ist", "lis"]
for i, a in enumerate(cities):
    for b in cities[i + 1:]:
        if next(rand) % 3 == 0:
            g.connect(a, b, next(rand) % 90 + 10)
for city in cities:
    print("ams ->", city, *g.path("ams", city))
print(sorted(g.bfs("ams").items()))
print(g.spanning_tree())

grid = Graph()
size = 18
for y in range(size):
    for x in range(size):
        if x + 1 < size:
            grid.connect((x, y), (x + 1, y), next(rand) % 9 + 1)
        if y + 1 < size:
            grid.connect((x, y), (x, y + 1), next(rand) % 9 + 1)
cost, steps = grid.path((0, 0), (size - 1, size - 1))
print(cost, len(steps), steps[:5])
for y in range(size):
    print("".join("#" if (x, y) in steps else "." for x in range(size)))
