"""Raising, catching, cleaning up, chaining."""


class AppError(Exception):
    def __init__(self, code, *details):
        super().__init__(code, *details)
        self.code = code


class NotFound(AppError, KeyError):
    def __str__(self):
        return f"not found: {self.code}"


def risky(n):
    if n == 0:
        raise ValueError("zero")
    if n == 1:
        raise NotFound("one", 1)
    if n == 2:
        return [][2]
    if n == 3:
        return {}["k"]
    if n == 4:
        return int("x1")
    if n == 5:
        return None.attribute
    if n == 6:
        return 1 // 0
    if n == 7:
        return "a" + 1
    if n == 8:
        raise AppError(8, "detail", [1])
    if n == 9:
        return undefined_name
    if n == 10:
        assert n < 10, f"n is {n}"
    if n == 11:
        raise StopIteration(11)
    if n == 12:
        raise KeyError
    if n == 13:
        raise OSError(2, "No such file", "x.txt")
    return n


trace = []
for i in range(15):
    try:
        trace.append("try")
        result = risky(i)
    except (ValueError, IndexError) as e:
        print(i, "A", type(e).__name__, e, e.args)
    except KeyError as e:
        print(i, "B", type(e).__name__, e, e.args)
    except AppError as e:
        print(i, "C", e, e.code, e.args)
    except Exception as e:
        print(i, "D", repr(e))
    else:
        print(i, "ok", result)
    finally:
        trace.append("finally")
print(len(trace), trace[:4])


def order():
    log = []
    try:
        try:
            log.append(1)
            raise RuntimeError("first")
        finally:
            log.append(2)
    except RuntimeError as e:
        log.append(str(e))
        try:
            raise TypeError("second") from e
        except TypeError as t:
            log.append((str(t), repr(t.__cause__), t.__suppress_context__))
            try:
                raise LookupError("third")
            except LookupError as l:
                log.append((repr(l.__context__), l.__cause__))
    return log


print(order())


def returns():
    for i in range(3):
        try:
            if i == 1:
                return i
        finally:
            print("cleanup", i)


print(returns())


def overriding():
    try:
        return "try"
    finally:
        return "finally"


print(overriding())


def loop():
    out = []
    for i in range(6):
        try:
            if i % 2:
                continue
            if i == 4:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    return out


print(loop())


class Context:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        return self.swallow


with Context("a") as a, Context("b", True):
    print("body", a.name)
    raise ValueError("in body")
try:
    with Context("c"):
        raise KeyError("k")
except KeyError as e:
    print("caught", e)


def depth(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        depth(n - 1)
    except ValueError as e:
        e.add_note(f"level {n}")
        raise


try:
    depth(3)
except ValueError as e:
    print(e.__notes__)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise
except ZeroDivisionError as e:
    print("reraised", e)

try:
    raise ValueError from None
except ValueError as e:
    print(repr(e), e.__suppress_context__, e.__context__)

for bad in (1, "text", object):
    try:
        raise bad
    except TypeError as e:
        print(e)
count = 0
for i in range(3000):
    try:
        if i % 3 == 0:
            raise ValueError(i)
        count += 1
    except ValueError as e:
        count += e.args[0]
print(count)
e = 5
try:
    raise Exception("x")
except Exception as e:
    pass
try:
    print(e)
except NameError as err:
    print(err)
