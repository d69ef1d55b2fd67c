"""Event-driven bank simulation: a priority queue of generators, a linear congruential generator, statistics."""
import heapq
import math


class Random:
    def __init__(self, seed):
        self.state = seed

    def random(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) / 2**53

    def exponential(self, mean):
        return -math.log(1.0 - self.random()) * mean

    def choice(self, items):
        return items[int(self.random() * len(items))]

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = int(self.random() * (i + 1))
            items[i], items[j] = items[j], items[i]


class Stats:
    def __init__(self):
        self.values = []

    def add(self, v):
        self.values.append(v)

    @property
    def mean(self):
        return sum(self.values) / len(self.values)

    @property
    def deviation(self):
        m = self.mean
        return math.sqrt(sum((v - m) ** 2 for v in self.values) / (len(self.values) - 1))

    def quantile(self, q):
        ordered = sorted(self.values)
        return ordered[min(int(q * len(ordered)), len(ordered) - 1)]

    def histogram(self, bins=8):
        low, high = min(self.values), max(self.values)
        width = (high - low) / bins
        counts = [0] * bins
        for v in self.values:
            counts[min(int((v - low) / width), bins - 1)] += 1
        most = max(counts)
        return [f"{low + i * width:7.2f} {'#' * (c * 40 // most)} {c}" for i, c in enumerate(counts)]


class Simulator:
    def __init__(self):
        self.now = 0.0
        self.queue = []
        self.sequence = 0

    def spawn(self, process, delay=0.0):
        self.sequence += 1
        heapq.heappush(self.queue, (self.now + delay, self.sequence, process))

    def run(self, until):
        events = 0
        while self.queue and self.queue[0][0] <= until:
            self.now, _, process = heapq.heappop(self.queue)
            events += 1
            try:
                delay = next(process)
            except StopIteration:
                continue
            if delay is not None:
                self.spawn(process, delay)
        return events


class Counter:
    def __init__(self, sim, capacity):
        self.sim, self.capacity = sim, capacity
        self.busy, self.waiting = 0, []
        self.longest = 0

    def acquire(self, process):
        if self.busy < self.capacity:
            self.busy += 1
            self.sim.spawn(process)
        else:
            self.waiting.append(process)
            self.longest = max(self.longest, len(self.waiting))

    def release(self):
        if self.waiting:
            self.sim.spawn(self.waiting.pop(0))
        else:
            self.busy -= 1


def customer(sim, rng, counter, stats, holder):
    arrived = sim.now
    counter.acquire(holder[0])
    yield None
    stats.add(sim.now - arrived)
    yield rng.exponential(4.5)
    counter.release()


def arrivals(sim, rng, counter, stats):
    while True:
        yield rng.exponential(2.0)
        holder = []
        holder.append(customer(sim, rng, counter, stats, holder))
        sim.spawn(holder[0])


for capacity in (2, 3, 4):
    sim, rng, stats = Simulator(), Random(2024 + capacity), Stats()
    counter = Counter(sim, capacity)
    sim.spawn(arrivals(sim, rng, counter, stats))
    events = sim.run(3000)
    print(f"{capacity} counters: {events} events, {len(stats.values)} served, wait {stats.mean:.3f} ± {stats.deviation:.3f},"
          f" median {stats.quantile(0.5):.3f}, 95% {stats.quantile(0.95):.3f}, longest queue {counter.longest}")
    if capacity == 3:
        print("\n".join(stats.histogram()))
deck = [r + s for s in "cdhs" for r in "23456789TJQKA"]
Random(7).shuffle(deck)
print(" ".join(deck[:13]), len(set(deck)))
inside = sum(r.random() ** 2 + r.random() ** 2 < 1 for r in [Random(1)] for _ in range(5000))
print(4 * inside / 5000)
