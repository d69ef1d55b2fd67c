"""Arithmetic on integers of thousands of digits."""
import sys

sys.set_int_max_str_digits(0)


def pi_digits(n):
    """Gibbons' spigot."""
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(map(str, out))


def isqrt(n):
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fib(n):
    def double(k):
        if k == 0:
            return 0, 1
        a, b = double(k >> 1)
        c = a * (2 * b - a)
        d = a * a + b * b
        return (d, c + d) if k & 1 else (c, d)

    return double(n)[0]


def miller_rabin(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


print(pi_digits(120))
root = isqrt(2 * 10**2000)
print(str(root)[:60], root * root <= 2 * 10**2000 < (root + 1) ** 2)
f = factorial(1000)
print(len(str(f)), sum(map(int, str(f))), str(f)[:30])
big = fib(48000)
text = str(big)
print(len(text), text[:25], text[-25:], int(text) == big)
print(2**127 - 1, [p for p in range(100, 200) if p % 2 and miller_rabin(p)], miller_rabin(2**127 - 1))
a, b = 7**300, -(11**150)
print(a // b, a % b, divmod(a, b) == (a // b, a % b), (a // b) * b + a % b == a)
print(a & b, (a | b) % 1000003, (a ^ b) % 1000003, ~a % 97, -a >> 700, a >> 800, 1 << 90)
print(hex(3**80), oct(-(5**30)), bin(2**70 + 5), (3**200).bit_length())
print(float(7**50), 7**50 / 3**40, 10**300 * 1.5, int(1e25), round(12345678901234567890, -5))
print(pow(3, 1000, 10**20), pow(3, -1, 7), (-7) // 2, (-7) % 3, 7 % -3)
print(9223372036854775807 + 1, -9223372036854775808 - 1, 4611686018427387904 * 2, 3037000500 * 3037000500)
print(int("123" * 30), int("zz", 36), int("-0x1f", 16), int("1_000_000"), f"{10**15:,}", f"{2**64:_x}")
n = int("9" * 5000)
print(n * n % 10**40, len(str(n * n)), (n * n).bit_length())
