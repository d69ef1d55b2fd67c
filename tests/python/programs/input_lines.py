"""Standard input: input(), iteration, EOFError."""
import sys

name = input("name? ")
print("hello", name)
numbers = [int(x) for x in input().split()]
print(sum(numbers), max(numbers))
rest = []
for line in sys.stdin:
    line = line.rstrip("\n")
    if line == "stop":
        break
    rest.append(line.upper())
print(rest)
print(repr(sys.stdin.readline()), sys.stdin.read().split())
try:
    input("more? ")
except EOFError as e:
    print("end:", e)
input()
