"""A failing assertion with a computed message."""


def check(items):
    for i, (a, b) in enumerate(zip(items, items[1:])):
        assert a <= b, f"not sorted at {i}: {a!r} > {b!r}"
    return True


print(check([1, 2, 2, 5]))
print(check("abz"))
check([3, 1, 2])
