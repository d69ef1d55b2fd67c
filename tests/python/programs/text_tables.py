"""Tables of text: alignment, precision, grouping, nested fields, signs."""
rows = [
    ("apples", 12, 0.5, True),
    ("bananas", 1200, 12.25, False),
    ("cherries", 1234567, 1234.5678, True),
    ("élan", -42, -0.004, False),
]
header = ("name", "count", "price", "fresh")
widths = [max(len(str(r[i])) for r in rows + [header]) for i in range(4)]
print(" | ".join(f"{h:^{w}}" for h, w in zip(header, widths)))
print("-+-".join("-" * w for w in widths))
for name, count, price, fresh in rows:
    print(" | ".join([
        f"{name:<{widths[0]}}", f"{count:>{widths[1]}}", f"{price:>{widths[2]}.2f}", f"{fresh!s:^{widths[3]}}",
    ]))
print()
for name, count, price, fresh in rows:
    print("%-10s|%8d|%+10.3f|%5s|%#x|%o" % (name, count, price, fresh, count & 0xffff, count & 0o777))
print()
for value in (0, 1, -1, 255, 4096, 10**12, -10**12, 2**70):
    print(f"{value:>30,}|{value:<+25_}|{value:^#30x}|{value:030b}"[:120])
print()
for f in (0.0, -0.0, 1.0, 1e-5, 123456.789, 1e16, 1e22, -2.5, 1/3, float("inf"), float("nan")):
    print(f"{f!r:>22}|{f:>12.3f}|{f:>12.3e}|{f:>12.3g}|{f:>+10.1%}|{f:<012}|{f:^12}|{f:,.1f}")
print()
for n in range(5):
    print("{:{fill}{align}{width}.{prec}f}".format(n / 7, fill="*", align="<>^=<"[n], width=10 + n, prec=n))
print("{0[0]} {0[1]!r} {1.real:03d} {name} {{}}".format(["a", "b"], 7, name="x"))


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        if spec == "polar":
            return f"r={(self.x ** 2 + self.y ** 2) ** 0.5:.3f}"
        return f"({self.x:{spec}}, {self.y:{spec}})"


p = Point(3, 4)
print(f"{p:polar} {p:5.1f} {p:>4}", "{:polar}".format(p), format(p, "02d"))
width, data = 20, {"key": [1, 2, 3]}
print(f"{data['key'][1]:>{width}}|{f'{width:x}':^{width}}|{width=}|{data=!s}|{3.14159=:.2f}")
print(f"{'nested ' + 'quotes'!r:>20}", f"{[x*2 for x in range(3)]}", f"{lambda_ if (lambda_ := 5) else 0}")
