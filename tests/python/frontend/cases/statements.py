# Every statement and expression of the grammar, with what is easily got wrong about places.
"""doc"""
from __future__ import annotations
import a.b.c as d, e
from . import (f, g as h,)
from ...i.j import *


@deco
@deco.two(1, *x, k=2, **y)
async def fn(a, b: int = 1, /, c=2, *args: *T, d, e: str = "x", **kw: list[int]) -> dict[str, int]:
    global q
    async with a as b, c() as (d, e):
        await z
    async for i, in b:
        yield i
    else:
        return
    return await (yield)


class K(B, metaclass=M, **kw):
    x: int
    y: int = 3
    (z): int = 4
    a.b: c = d
    pass; pass


def gen():
    nonlocal_ = yield
    x = yield a, *b
    yield from (yield)
    return *a, b


a = b = c, *d = (1, 2), [3, *e], {4, *f}, {5: 6, **g}
a += 1; b @= 2; c //= d; e **= f; g >>= h; i <<= j
del a, b[1], (c.d, [e])
assert x, "y"
raise A from B
raise
if a: b
elif c:
    d
elif e: f
else:
    g
while not a or b and not (c): continue
else: break
for x, *y in a, b: z
for (a) in b: pass
try:
    a
except (B, C) as d:
    e
except F: g
except:
    h
else:
    i
finally:
    j
try: a
except* B: c
except* C as d: e
with a, b as c: d
with (a as b, c as (d, e),):
    f
with (a, b): c
with (a): b
with (yield): pass
(x := 5)
f(a, *b, c=1, *d, **e)
f(x for x in y)
f((x for x in y), 1)
f(a := 1)
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: (a, b)
lambda *, a: a
a if b else c if d else lambda: e
[x for x in y if a if b for z in w]
{x: y async for x, y in z if await w}
{x for (x) in y}
(*a, b), [*a], a[b], a[b, c], a[b:c, ::d, e:], a[*b], a[b:=1], a[(b:=1)]
a < b <= c != d is not e not in f in g is h
-a ** -b, not a, ~a, +a, a @ b // c % d, a << b >> c & d | e ^ f
a.b.c(d)(e)[f].g
(a)(b), ((a)).b, ((a, b))
1, 1_000, 0xFf, 0o17, 0b1_0, 1.5, .5, 5., 1e10, 1E-5, 1j, 1.5e3J, 0, 00, 0_0, 99999999999999999999, 0xffffffffffffffffffff
"a" 'b' """c
d""" r"\n" "\n\x41\u0042\U00000043\101\
" u"u", b"a\x00\377" rb"\x", "\ud800" "\ud83d\ude00" "\U0001f600"
None, True, False, ..., __debug__
a\
 .b
(
  a  # comment
  +
  b
)
if 1:
	tab
match x:
    case 1 | -2 | 3.5 | 1+2j | -1-2j | "a" "b" | b"c" | None | True: a
    case [a, *_, b] | (c, *d) | [] | () | (e,) | (f): b
    case {"k": v, a.b: 1, -1: _, **rest}: c
    case A() | a.B(x, y=1, z=2,): d
    case x as y if z: e
    case a, b: f
    case *a, b: g
    case _: h
match = case = _ = 1
match[a], match.b, match(c)
match (a, b):
    case c: pass
match a, *b:
    case c: pass
print(match, case)
x: (yield)
type = 1
