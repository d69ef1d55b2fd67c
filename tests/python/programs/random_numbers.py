"""The same random numbers as CPython from the same seed."""
import random
import statistics

random.seed(2024)
print([random.random() for _ in range(3)])
print([random.randint(1, 6) for _ in range(20)], random.randrange(0, 1000, 7), random.getrandbits(80))
deck = [r + s for s in "CDHS" for r in "A23456789TJQK"]
random.shuffle(deck)
print(" ".join(deck[:13]))
print(random.choice(deck), random.sample(deck, 5), random.choices("abc", weights=[5, 3, 1], k=10))
print(round(random.gauss(10, 2), 12), round(random.uniform(-1, 1), 12), round(random.expovariate(2), 12))
r = random.Random("a string seed")
print(r.random(), r.randint(0, 10**30))
state = r.getstate()
first = [r.random() for _ in range(3)]
r.setstate(state)
print(first == [r.random() for _ in range(3)])


def estimate_pi(n, rng):
    return 4 * sum(rng.random() ** 2 + rng.random() ** 2 <= 1 for _ in range(n)) / n


print(estimate_pi(3000, random.Random(1)))
values = [random.Random(i).random() for i in range(20)]
print(round(statistics.mean(values), 10), round(statistics.median(values), 10), round(statistics.stdev(values), 10))
walk, steps = 0, []
rng = random.Random(b"bytes")
for _ in range(30):
    walk += rng.choice((-1, 1))
    steps.append(walk)
print(steps, min(steps), max(steps))
for bad in (lambda: random.choice([]), lambda: random.randint(2, 1), lambda: random.sample([1], 2)):
    try:
        bad()
    except (IndexError, ValueError) as e:
        print(type(e).__name__, e)
