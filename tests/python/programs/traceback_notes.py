"""Notes, exceptions whose str() fails, exceptions in other modules' names, multi-line statements."""


class Outer:
    class Inner(Exception):
        def __str__(self):
            return "inner\nwith two lines"


class Broken(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def fail(kind, *args):
    e = kind(*args)
    e.add_note("first note")
    e.add_note("second\nnote")
    raise e


for kind in (Outer.Inner, ValueError):
    try:
        fail(kind)
    except Exception as e:
        print(repr(e), e.__notes__)

try:
    fail(Broken)
except Broken as e:
    try:
        raise Outer.Inner() from e
    except Outer.Inner as again:
        result = (
            again.__traceback__
            and fail(
                Outer.Inner,
                1,
                2,
            )
        )
