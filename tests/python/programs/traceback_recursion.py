"""A recursion that never ends, shown in short."""


def descend(n):
    return descend(n + 1) + 1


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


print(even(300), odd(301))
try:
    even(-1)
except RecursionError as e:
    print(type(e).__name__)
descend(0)
