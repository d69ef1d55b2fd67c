"""Ints, floats, bools, complex numbers: arithmetic, conversion, rounding, text."""
import math

print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, 7 / 2, 2**10, 2**-1, 0**0, (-2) ** 3, -(2**2), 10 % 3.5, -7.5 // 2, 7.5 % -2)
print(1_000_000, 0xFF, 0o17, 0b101, 1e3, 1.5e-3, 5 // 1, 5.0 // 1, divmod(17, 5), divmod(-17, 5), divmod(17.5, 5), abs(-5), abs(-5.5), pow(2, 5), pow(2, 5, 7))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(5), round(15, -1), round(25, -1), round(1e20), round(0.5), round(1.005, 2), type(round(1.0)).__name__)
print(int(3.9), int(-3.9), int("42"), int(" -7 "), int("ff", 16), int("0b11", 0), float("1e3"), float("-inf"), float(" 2.5 "), bool(0), bool("False"), int(True), True + True, True == 1)
print(3 & 5, 3 | 5, 3 ^ 5, ~3, 1 << 10, 1024 >> 3, -1 >> 1, -8 >> 1, 5 & -2, (255).bit_length(), (-255).bit_length(), (0).bit_length(), bin(-5), (13).bit_count())
print(0.1 + 0.2, 1 / 3, 2 / 3, 1e16 + 1, 1e308 * 10, -1e308 * 10, 1.0, 1e15, 1e16, 123456789.123456789, 0.0001, 0.00001, 1e-10, 5e-324, 2.0**0.5, 1e22, 1e21, 1.7976931348623157e308)
print(math.inf > 10**400, math.nan == math.nan, math.inf - math.inf, -0.0, 0.0 == -0.0, 1.0 == 1, hash(1.0) == hash(1) == hash(True), 10**20 == 1e20, 2**53 + 1 == float(2**53 + 1), 10**16 > 1e16)
print(3 < 3.5, 3 == 3.0, 2**64 > 1.8e19, 1 < True, 5 > float("nan"), min(1, 1.0), max(1, True), sorted([3, 1.5, True, -2]), sum([0.1] * 10), math.fsum([0.1] * 10))
print((1.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (3).as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p+0"), (255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"), (5).real, (5).numerator)
print(math.sqrt(2), math.pi, math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.gcd(12, 18), math.lcm(4, 6), math.factorial(20), math.comb(10, 3), math.perm(5, 2), math.isqrt(17), math.hypot(3, 4), math.dist((0, 0), (1, 1)))
print(math.log(math.e), math.log(8, 2), math.log2(1024), math.log10(1000), math.exp(1), math.sin(1), math.cos(1), math.tan(1), math.atan2(1, -1), math.degrees(math.pi), math.radians(180), math.copysign(1, -0.0))
print(math.modf(-2.5), math.frexp(10), math.ldexp(0.5, 4), math.fmod(-7, 3), math.remainder(7, 4), math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, 3, 4]), math.nextafter(1, 2), math.ulp(1.0), math.exp2(3))
print(1 + 2j, (1 + 2j) * (3 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), complex(1, -1), 1j**2, (1 + 2j) / (1 - 1j), complex("1+2j"), (2 + 0j) == 2, -1j, 0j, complex(0, -0.0))
print(isinstance(True, int), isinstance(1, float), type(1 / 1).__name__, type(2**100).__name__, int.__name__, float.__mro__[1].__name__, 5 .__add__(3), (5).__class__.__name__)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0**-1, lambda: divmod(1, 0), lambda: int("1.5"), lambda: int(float("nan")), lambda: int(float("inf")),
          lambda: 1 << -1, lambda: 2.0**10000, lambda: math.sqrt(-1), lambda: math.log(0), lambda: int([]), lambda: float("1,5"), lambda: (-8) ** (1 / 3), lambda: 10**400 * 1.0, lambda: int("9" * 5000), lambda: math.factorial(-1),
          lambda: 1 + "1", lambda: 1 < "1", lambda: "1" * 1.5, lambda: round("1"), lambda: 1 & 1.5, lambda: ~1.5, lambda: complex(1) < complex(2), lambda: 5(), lambda: 5[0], lambda: math.floor("x"), lambda: 1j // 2):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for i in (9007199254740991, 9007199254740992, 9007199254740993, 2**62, 2**63 - 1, 2**63, 2**64):
    print(i, i + 1, i - 1, i * 2, -i - 2, i * i, i // 3, i % 7, i >> 3, i << 2, i & 0xFFFF, i | 1, i ^ i, ~i, float(i), i / 2, hash(i) == hash(i + 0), i == float(i))


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


print([collatz(n) for n in range(1, 20)], collatz(837799), max(range(1, 3000), key=collatz))


class Fraction:
    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError("denominator")
        g = math.gcd(n, d) * (1 if d > 0 else -1)
        self.n, self.d = n // g, d // g

    def __repr__(self):
        return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)

    def __add__(self, o):
        o = o if isinstance(o, Fraction) else Fraction(o)
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    __radd__ = __add__

    def __mul__(self, o):
        o = o if isinstance(o, Fraction) else Fraction(o)
        return Fraction(self.n * o.n, self.d * o.d)

    def __float__(self):
        return self.n / self.d


print(sum(Fraction(1, n) for n in range(1, 30)), float(sum(Fraction(1, n * n) for n in range(1, 60))), Fraction(6, -4) * 2)
x = 2.0
for _ in range(6):
    x = (x + 2 / x) / 2
print(x, x * x, [round(math.sin(i / 10), 4) for i in range(5)], sum(1 / k**2 for k in range(1, 2000)))
