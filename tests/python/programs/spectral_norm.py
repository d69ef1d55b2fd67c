"""Largest eigenvalue of an infinite matrix by the power method."""
from math import sqrt


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, transpose=False):
    n = len(v)
    if transpose:
        return [sum(a(j, i) * v[j] for j in range(n)) for i in range(n)]
    return [sum(a(i, j) * v[j] for j in range(n)) for i in range(n)]


def at_a(v):
    return times(times(v), transpose=True)


def main(n):
    u = [1.0] * n
    for _ in range(10):
        v = at_a(u)
        u = at_a(v)
    vbv = vv = 0.0
    for ue, ve in zip(u, v):
        vbv += ue * ve
        vv += ve * ve
    return sqrt(vbv / vv)


for n in (10, 30, 60):
    print("%d %.9f" % (n, main(n)))
