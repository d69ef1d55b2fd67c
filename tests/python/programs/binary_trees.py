"""Allocation of many short-lived trees, as tuples and as objects."""


def make(depth):
    return None if depth < 0 else (make(depth - 1), make(depth - 1))


def check(tree):
    if tree is None:
        return 0
    left, right = tree
    return 1 + check(left) + check(right)


class Node:
    def __init__(self, depth):
        self.left = Node(depth - 1) if depth else None
        self.right = Node(depth - 1) if depth else None

    def check(self):
        result = 1
        for child in (self.left, self.right):
            if child is not None:
                result += child.check()
        return result


MIN, MAX = 4, 9
stretch = MAX + 1
print(f"stretch tree of depth {stretch}\t check: {check(make(stretch))}")
long_lived = make(MAX)
for depth in range(MIN, stretch, 2):
    iterations = 2 ** (MAX - depth + MIN) // 4
    total = sum(check(make(depth)) for _ in range(iterations))
    print(f"{iterations}\t trees of depth {depth}\t check: {total}")
print(f"long lived tree of depth {MAX}\t check: {check(long_lived)}")
print(Node(8).check())
