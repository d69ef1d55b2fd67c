# A linked list of objects, all alive.
import sys

class X:
    pass

def build(n):
    a = None
    for i in range(n):
        b = X()
        b.next = a
        a = b
    return a

a = build(int(sys.argv[1]) if len(sys.argv) > 1 else 4000000)
n = 0
while a is not None:
    n += 1
    a = a.next
print(n)
