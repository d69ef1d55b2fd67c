"""Queens on a board, three ways."""
from itertools import permutations


def by_permutations(n):
    columns = range(n)
    return sum(
        1
        for p in permutations(columns)
        if n == len({p[i] + i for i in columns}) == len({p[i] - i for i in columns})
    )


def by_bits(n):
    full = (1 << n) - 1

    def place(cols, left, right):
        if cols == full:
            return 1
        count = 0
        free = full & ~(cols | left | right)
        while free:
            bit = free & -free
            free ^= bit
            count += place(cols | bit, (left | bit) << 1, (right | bit) >> 1)
        return count

    return place(0, 0, 0)


def by_generator(n, row=0, placed=()):
    if row == n:
        yield placed
        return
    for column in range(n):
        if all(c != column and abs(c - column) != row - r for r, c in enumerate(placed)):
            yield from by_generator(n, row + 1, placed + (column,))


def show(solution):
    for c in solution:
        print(" ".join("Q" if i == c else "." for i in range(len(solution))))


for n in range(1, 8):
    solutions = list(by_generator(n))
    print(n, by_permutations(n), by_bits(n), len(solutions))
show(next(by_generator(8)))
print(by_bits(9))
