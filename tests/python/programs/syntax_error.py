"""A program that does not compile."""

def f(x):
    return x +

print("never")
