"""Files, directories, paths, StringIO, BytesIO, csv-like reading, os functions."""
import io
import os
import pathlib
import shutil
import tempfile

root = tempfile.mkdtemp(prefix="target")
try:
    path = os.path.join(root, "a", "b.txt")
    os.makedirs(os.path.dirname(path))
    with open(path, "w", encoding="utf-8") as f:
        print(f.write("first line\nzweite Zeile äöü\n"), f.name == path, f.mode, f.closed)
        f.writelines(["3\n", "4"])
        print("extra", 5, sep=",", file=f)
    with open(path, encoding="utf-8") as f:
        print(f.readline(), f.read(5), f.tell() > 0, f.readlines())
        f.seek(0)
        print([line.rstrip() for line in f], next(f, "end"))
    with open(path, "rb") as f:
        raw = f.read()
    print(len(raw), raw[-10:], os.path.getsize(path), os.path.exists(path), os.path.isdir(root), os.listdir(root))
    with open(path, "a+") as f:
        f.write("\nappended")
        f.seek(0)
        print(len(f.read().splitlines()))
    with open(path, "r+") as f:
        f.write("FIRST")
    print(open(path).read(), os.stat(path).st_size)
    for bad in (lambda: open(os.path.join(root, "none")), lambda: os.mkdir(root), lambda: os.rmdir(root), lambda: open(root)):
        try:
            bad()
        except OSError as e:
            print(type(e).__name__, e.errno, e.strerror, os.path.relpath(e.filename, root))
    p = pathlib.Path(root) / "x" / "data.tar.gz"
    p.parent.mkdir()
    p.write_text("hello\n")
    print(p.name, p.stem, p.suffix, p.suffixes, p.parent.name, p.exists(), p.read_text(), p.with_suffix(".zip").name)
    print(sorted(q.relative_to(root).as_posix() for q in pathlib.Path(root).rglob("*")))
    for folder, folders, files in sorted(os.walk(root)):
        print(os.path.relpath(folder, root), sorted(folders), sorted(files))
    os.rename(path, path + ".bak")
    print(sorted(e.name for e in os.scandir(os.path.join(root, "a"))), [e.is_file() for e in os.scandir(os.path.join(root, "a"))])
    os.remove(path + ".bak")
finally:
    shutil.rmtree(root)
print(os.path.exists(root))
print(os.path.split("/a/b/c.txt"), os.path.splitext("x.tar.gz"), os.path.normpath("/a/./b/../c//d"), os.path.basename("a/b/"))
print(os.path.join("a", "/b", "c"), os.path.commonpath(["/a/b", "/a/c"]), os.path.isabs("/x"), os.fspath(pathlib.PurePosixPath("q")))
s = io.StringIO("one\ntwo\r\nthree")
print(s.readline(), s.read(), s.tell(), s.seek(0), list(s), s.getvalue())
s = io.StringIO()
print("a", "b", file=s, end="")
s.write("!")
print(repr(s.getvalue()))
b = io.BytesIO(b"abc")
b.seek(0, 2)
b.write(b"def")
print(b.getvalue(), b.seek(1), b.read(2), b.tell(), b.read(), b.readline())
w = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\r\n")
w.write("é\n")
w.flush()
print(w.buffer.getvalue(), os.environ.get("SURELY_NOT_SET", "default"), os.sep, os.linesep == "\n", os.name)
