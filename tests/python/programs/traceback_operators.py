"""Carets below operators, subscripts, calls; one traceback per case through the traceback module's cousin."""
import sys


def show(f):
    try:
        f()
    except Exception:
        kind, value, tb = sys.exc_info()
        names = []
        while tb:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(kind.__name__, value, names)


a, b, c = {"x": 1}, [1, 2], None
show(lambda: a["y"])
show(lambda: b[5])
show(lambda: c + 1)
show(lambda: c.name)
show(lambda: b.foo())
show(lambda: (1 + 2) / (3 - 3))


def nested():
    data = {"list": [1, 2, {"deep": None}]}
    return 1 + data["list"][2]["deep"]["more"] * 2


show(nested)


def total(values):
    result = 0
    for value in values:
        result = result + value * 2 ** value / len(str(value))
    return result


print(total([1, 2, 3]))
print(total([1, "2"]))
