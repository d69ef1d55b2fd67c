"""Text and binary files, seeking, StringIO and BytesIO, redirected output."""
import io
import os
import sys

base = f"/tmp/rts-python-files-{os.getpid()}"
path = base + ".txt"
with open(path, "w") as f:
    print(f.write("first line\n"), f.writable(), f.readable(), f.name == path, f.mode)
    f.writelines(["second\n", "third \u00e9\u4e2d\n"])
    print("printed", 4, sep="|", file=f)
print(f.closed)
with open(path) as f:
    print(f.readline(), f.readlines(), repr(f.read()))
with open(path) as f:
    for i, line in enumerate(f):
        print(i, repr(line))
with open(path, "a") as f:
    f.write("appended without newline")
with open(path, "r", encoding="utf-8") as f:
    text = f.read()
    print(len(text), text.splitlines()[-1], f.tell() > len(text))
    f.seek(0)
    print(f.read(5), f.read(3), f.readline(), next(f))
with open(path, "rb") as f:
    data = f.read()
    print(type(data).__name__, len(data), data[:10], data.count(b"\n"))
    f.seek(-5, 2)
    print(f.read(), f.tell() == len(data), f.read())
    f.seek(6)
    print(f.read(4), f.readline())
with open(path, "w+") as f:
    f.write("abc\ndef\n")
    f.seek(0)
    print(f.read())
with open(base + ".bin", "wb") as f:
    f.write(bytes(range(10)))
    f.write(b"tail")
with open(base + ".bin", "rb") as f:
    print(list(f.read(3)), f.read())
with open(path, "w", newline="") as f:
    f.write("dos\r\nmac\runix\n")
print(open(path).readlines(), open(path, newline="").readlines(), open(path, "rb").read())
for args in ((base + "-missing.txt",), (path, "q"), (path, "rw"), ("/tmp",), (path, "x"), (path, "rb", -1, "utf-8"), (5.5,)):
    try:
        open(*args)
    except (OSError, ValueError, TypeError) as e:
        print(type(e).__name__, str(e).replace(base, "BASE"), getattr(e, "errno", None))
f = open(path)
f.close()
f.close()
for operation in (f.read, lambda: f.write("x"), lambda: next(f), f.__enter__):
    try:
        operation()
    except ValueError as e:
        print(e)
with open(path) as f:
    try:
        f.write("x")
    except io.UnsupportedOperation as e:
        print(type(e).__name__, e, isinstance(e, OSError), isinstance(e, ValueError))
with open(path, "w") as f:
    try:
        f.read()
    except io.UnsupportedOperation as e:
        print(e)
    try:
        f.write(b"bytes")
    except TypeError as e:
        print(e)
print(os.path.exists(path), os.path.basename(path).endswith(".txt"), os.path.join("a", "b"), os.path.splitext("x.tar.gz"))
os.remove(path)
os.remove(base + ".bin")
print(os.path.exists(path))

s = io.StringIO()
s.write("hello ")
print("world", file=s)
print(repr(s.getvalue()), s.tell())
s.seek(0)
print(s.read(5), repr(s.readline()), repr(s.read()))
s = io.StringIO("a\nb\nc")
print([line for line in s], s.getvalue(), s.seek(2), s.read())
s.seek(0)
s.write("XY")
print(s.getvalue(), s.truncate(1), s.getvalue())
b = io.BytesIO(b"abc\ndef")
print(b.readline(), b.read(2), b.tell(), b.getvalue(), b.seek(0), b.write(b"zz"), b.getvalue())
saved, sys.stdout = sys.stdout, io.StringIO()
print("captured")
captured, sys.stdout = sys.stdout.getvalue(), saved
print("got", repr(captured))


class Shout:
    def write(self, text):
        saved.write(text.upper())

    def flush(self):
        pass


print("loud", 1, file=Shout())
sys.stdout.write("direct\n")
print(sys.stdout.name, sys.stdin.name, sys.stdout.mode, sys.stdout.encoding)
print("no newline", end="")
print(" -> ", "a", "b", sep="", end="!\n", flush=True)
