"""Packages, relative imports, errors of imports, module attributes."""
import sys

import shapes
import shapes.square
from shapes import Circle, circle as c
from shapes.deep import C, VERSION as v

print(shapes.VERSION, v, C is Circle, c.PI, shapes.square.same(), shapes.lazy, shapes.__name__, shapes.__doc__)
print(Circle(2).area(), Circle.__module__, type(shapes).__name__, "shapes.circle" in sys.modules, "shapes.triangle" in sys.modules)
from shapes import *

print(triangle.area(4, 3), "square" in dir(), VERSION)
import shapes.triangle as t

print(t is triangle, t.__name__, repr(t)[:25], t.__package__, t.__file__.endswith("shapes/triangle.py"))
for statement in ("import nothing_here", "import shapes.nothing", "from shapes import nothing", "import shapes.circle.x", "from shapes.circle import missing",
                  "from . import x", "import os.nope", "shapes.nope", "from shapes import broken", "from math import nope"):
    try:
        exec(statement)
    except Exception as e:
        text = str(e).replace(shapes.__path__[0], "PATH")
        print(type(e).__name__, text, getattr(e, "name", None))
print("shapes.broken" in sys.modules)
m = __import__("shapes.deep")
print(m is shapes, __import__("shapes.deep", fromlist=["C"]).C is Circle)
sys.modules["fake"] = type(sys)("fake", "a made-up module")
import fake

fake.value = 5
print(fake.value, fake.__doc__, fake)
del fake.value
try:
    fake.value
except AttributeError as e:
    print(e)
try:
    t.fail()
except RuntimeError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)
sys.path.insert(0, shapes.__path__[0])
import circle

print(circle is c, circle.PI)
print(__name__, __file__.endswith("imports.py"), __doc__, sys.argv[1:], globals()["v"], __builtins__ is not None)
namespace = {"x": 2}
exec("y = x ** 5\ndef f(): return y + 1\nclass K: z = y", namespace)
print(namespace["y"], namespace["f"](), namespace["K"].z, eval("x + y", namespace), eval("[i * n for i in range(n)]", {"n": 3}), eval("a + b", {"a": 1}, {"b": 2}))
code = compile("1 + 2 * 3", "<test>", "eval")
print(eval(code), code.co_filename, eval(compile("x * 2", "f", "eval"), {"x": 21}))
exec(compile("print('executed', __name__)", "<s>", "exec"))


def local():
    a = 1
    exec("a = 2; b = 3")
    print(a, sorted(locals()), eval("a + 1"))


local()
for source in ("1 +", "x = = 1", "def f(:", "return 5", "  indented", "'unclosed", "f(", "a b", "1 = x", "break", "print 5", "import", "class", "for x in", "lambda: (yield", "nonlocal x", "def f(a, a): pass",
               "x = 5 if 1", "del f()", "f(x for x in y, 1)", "{1: 2, **}", "f'{'", "f'{a b}'", "'\\N{nope}'", "0777", "1_", "async x", "if x:\npass", "try:\n  pass", "a: int: str", "*a = 1", "def f(*): pass",
               "global x; x = 1\nx", "(a, b) += 1", "x +=", "else: pass", "with open('x') as 5: pass", "raise from x", "assert", "None = 1", "f(a=1, 2)", "def f():\n\tif 1:\n        pass", "from x import *, y", "match x:\n  case 1 | y: pass"):
    try:
        compile(source, "<src>", "exec")
        print("compiled:", source)
    except SyntaxError as e:
        print(f"{type(e).__name__}: {e.msg} ({e.lineno}, {e.offset}, {e.end_lineno}, {e.end_offset}) {e.text!r}")
t.fail()
