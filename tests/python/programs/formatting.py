"""Tables by f-strings, str.format and %."""
rows = [
    ("apples", 3, 1.5, True),
    ("pears", 12, 0.333333, False),
    ("plum jam", -1234567, 1e-7, None),
    ("zażółć", 10**12, 123456789.987654321, True),
]
print(f"{'name':<12}|{'count':>12}|{'price':^14}|{'flag'!s:>6}")
print("-" * 12 + "+" + "-" * 12 + "+" + "-" * 14 + "+" + "-" * 6)
for name, count, price, flag in rows:
    print(f"{name:<12}|{count:>12,}|{price:^14.4f}|{flag!r:>6}")
for name, count, price, flag in rows:
    print("%-12s|%12d|%14.3e|%r" % (name, count, price, flag))
for name, count, price, flag in rows:
    print("{0:*^12}|{1:+012d}|{2:>14.6g}|{3}".format(name, count, price, flag))
n = 255
print(f"{n:x} {n:X} {n:#x} {n:o} {n:#o} {n:b} {n:#010b} {n:c} {n:e} {n:08.3f} {n:%} {-n:=+8d} {n:_b}")
print(f"{1234567.891:,.2f} {1234567.891:_.1f} {0.00001234:g} {1e20:g} {1e15:g} {123456789:g} {1.0:g} {1e6} {1e16} {1e-5}")
print(f"{3.14159:.0f} {2.5:.0f} {3.5:.0f} {0.125:.2f} {1/3:.20f} {float('inf'):f} {float('nan'):>6} {-0.0:.1f} {1e300:.3g}")
print(f"{'text':s} {'text':.2} {'text':>8.3} {'a':5}| {True:d} {True} {None!s:5}| {[1, 2]!s:>8} {(1,)} {{1: 2}}")
width, precision = 10, 3
print(f"{3.14159:{width}.{precision}f}|{'x':{'^'}{width}}|{n:>{width}}|{n!r:{'<'}{width}}|")
value = 42
print(f"{value=} {value = :>5} {value + 1=} {'q'=} {value!r=:>4}" if False else f"{value=} {value = :>5} {value + 1=} {'q'=}")
print("{} {} {}".format(1, "two", 3.0), "{1} {0} {1}".format("a", "b"), "{x} {y:>4}".format(x=1, y=2))
print("{0[1]} {0[k]} {1.real} {2!r:>6}".format({1: "one", "k": "kk"}, 5, "s"), "{{}}".format(), "{:{}}".format("r", ">5"))
print("%s %r %a %d %i %5.1f %e %g %x %X %o %c %c %% %+d % d %05d %-5d| %#x" % ("s", "r", "ż", 1.9, 2, 3.14159, 1234.5, 1e-10, 255, 255, 8, 65, "B", 5, 5, 42, 7, 255))
print("%(name)s is %(age)03d years, %(pi).2f" % {"name": "Ann", "age": 7, "pi": 3.14159}, "%*d|%-*s|%.*f" % (5, 42, 6, "ab", 2, 2.71828))
print("%s" % [1, 2], "%s" % (("t",),), "%d%%" % 50, "%.3s|" % "abcdef", "%5s|%-5s|" % ("a", "b"), "%r" % b"x", "%x" % -255)
print(format(1234.5678, "10.2f"), format("s", ">4"), format(10, "b"), format(2**70, ","), format(1 + 2j, ".1f"), format(True, "5"))
for spec, item in (("d", 1.5), ("s", 5), ("z", 5), (".2", 5), ("x", "s"), (",", "s"), ("5.5q", 1.0), ("=5", "s"), ("c", 1114112)):
    try:
        print(format(item, spec))
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
for template, args in (("%d", ("x",)), ("%s %s", (1,)), ("%s", (1, 2)), ("%y", (1,)), ("%(a)s", (1,)), ("%c", ("ab",)), ("%", ())):
    try:
        print(template % args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
for template, args in (("{", ()), ("}", ()), ("{}", ()), ("{a}", ()), ("{0} {}", (1, 2)), ("{!x}", (1,)), ("{0.nope}", (1,)), ("{:d}", ("s",))):
    try:
        print(template.format(*args))
    except (ValueError, IndexError, KeyError, AttributeError) as e:
        print(type(e).__name__, e)


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __format__(self, spec):
        if spec.endswith("€"):
            return f"{self.amount:{spec[:-1]}} €"
        return f"Money({self.amount})"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


m = Money(1234.5)
print(f"{m:,.2f€} {m} {m!s} {m!r} {m!s:>6}", "{:.1f€}".format(m), "%s %r" % (m, m), format(m), str(m), [m])
print(f"nested {f'{1 + 1}' + f'{2:>{3}}'} {'a' if n > 5 else 'b'} {(lambda x: x * 2)(21)} {dict(a=1)['a']} {n:>+{width}}")
print(f'''multi
line {value}
{"quoted"}''')
print(rf"raw \n {value}", f"\N{GREEK SMALL LETTER ALPHA} \x41 \u00e9 {value}", "tab\tnew\\n", 'it''s', "a" "b" f"{1}")
print(repr("quote' and \" both"), repr('single\''), repr("tab\t nl\n \x00 \x7f é ż \u200b 😀"), ascii("é😀"), str(b"\x00a\xff'"))
print(f"{0.1 + 0.2} {1e22} {1.5e-9} {100000.0} {123456789012345680.0} {5e-324} {1.7976931348623157e308} {-1.0} {3.0}")
