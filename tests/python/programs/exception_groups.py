def f():
    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("in", [KeyError("k"), ValueError(2)])])
try:
    f()
except* ValueError as e:
    print("V", e.exceptions, repr(e))
except* TypeError as e:
    print("T", e.exceptions)
except* KeyError as e:
    print("K", e)
try:
    try:
        f()
    except* ValueError as e:
        print("got", len(e.exceptions))
except ExceptionGroup as e:
    print("rest", e, e.exceptions)
try:
    raise ValueError("plain")
except* ValueError as e:
    print(type(e).__name__, e.exceptions)
g = ExceptionGroup("g", [ValueError(1), TypeError(2)])
print(g.subgroup(ValueError), g.split(TypeError), g.message)
for a in (("x", []), ("x", [1]), (1, [ValueError()]), ("x",)):
    try: ExceptionGroup(*a)
    except Exception as e: print(type(e).__name__, e)
try:
    try:
        f()
    except* ValueError as e:
        raise RuntimeError("new") from e
except ExceptionGroup as e:
    print(e, e.exceptions)
f()
