"""Methods of str and bytes, slicing, Unicode."""
s = "The quick brown fox"
print(s.upper(), s.lower(), s.title(), s.swapcase(), s.capitalize(), s.casefold())
print(s.find("q"), s.find("z"), s.rfind("o"), s.index("quick"), s.count("o"), s.startswith("The"), s.endswith(("x", "y")), "own" in s)
print(s.split(), s.split("o"), s.split(" ", 1), s.rsplit(" ", 1), s.partition(" "), s.rpartition(" "), s.partition("zz"), "a,,b,".split(","))
print("  pad ".strip() + "|", "xxpadxx".strip("x"), "xxpad".lstrip("x"), "pad\n".rstrip(), "ab".center(6, "*"), "ab".ljust(4) + "|", "ab".rjust(4), "-7".zfill(5))
print(s.replace("quick", "slow"), "aaa".replace("a", "b", 2), "-".join("abc"), ",".join(["x"]), "".join([]), "ab" * 3, "a" "b")
print("abc".isalpha(), "ab1".isalnum(), "12".isdigit(), "1.2".isdecimal(), " \t".isspace(), "Abc".istitle(), "abc".islower(), "ABC1".isupper(), "a_1".isidentifier(), "".isalpha())
print(s[0], s[-1], s[4:9], s[::-1], s[::3], s[-3:], s[100:], s[5:2], s[-100:3])
print("a\tb\tc".expandtabs(4), "line1\nline2\r\nline3\rline4".splitlines(), "a\nb\n".splitlines(True), "removeprefix".removeprefix("remove"), "x.py".removesuffix(".py"))
print(ord("a"), chr(98), ord("€"), chr(128512), len("😀é"), "😀é"[0], "a😀b"[::-1], "a😀b".find("b"), ascii("é😀"), "ß".upper(), "İ".lower() == "i̇")
print("abc" < "abd", "Z" < "a", "" < "a", "abc" == "abc", max("hello"), sorted("hello"), list("ab"), tuple("ab"), set("aab") == {"a", "b"})
table = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(table), "hello".translate({ord("l"): None, ord("o"): "0"}), str.maketrans({"a": "1"}))
print("%s and %s" % ("a", "b"), "{} {}".format(1, 2), "{:>5}".format("x"), f"{'y':<5}|", "a{b}c".format(b=5))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("new\nline\ttab\\"), repr("\x00\x1f\x7f\xa0é"), str(None), str(1.0), str([1, "a"]))
print("αβγ".upper(), "ÀÉ".lower(), "straße".casefold(), "ǅ".title(), "é".isalpha(), "五".isnumeric(), "½".isdigit(), "²".isdigit(), "٣".isdecimal(), int("٣"))
print("a-b_c d".replace("-", " ").replace("_", " ").split(), "CamelCaseString".swapcase(), "x=1;y=2".split(";"), [p.split("=") for p in "x=1;y=2".split(";")])
print(s.encode(), "é€😀".encode(), "é".encode("latin-1"), b"\xc3\xa9".decode(), bytes([65, 66]), bytes(3), bytes("é", "utf-8"), b"abc"[1], b"abc"[1:], b"a" + b"b", b"ab" * 2)
print(b"a,b".split(b","), b" x ".strip(), b"abc".upper(), b"abc".find(b"c"), b"-".join([b"a", b"b"]), b"abc".hex(), bytes.fromhex("61 62"), b"abc".replace(b"b", b"x"), 98 in b"abc", list(b"ab"))
print(b"%d %s" % (5, b"x"), b"abc" < b"abd", b"\x00\xff'\"", b"it's", bytearray(b"abc"), len(b"abc"), b"abc".startswith(b"a"), b"a\nb".splitlines())
ba = bytearray(b"hello")
ba[0] = ord("J")
ba.append(33)
ba.extend(b"??")
ba[1:3] = b"EEE"
print(ba, bytes(ba), ba.decode(), ba.pop(), len(ba), ba.find(b"l"))
for f in (lambda: "abc".index("z"), lambda: "a" + 1, lambda: "abc"[5], lambda: "abc"["a"], lambda: ",".join([1]), lambda: "a".split(""), lambda: chr(-1), lambda: ord("ab"),
          lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: int("abc"), lambda: float("x"), lambda: "abc".foo, lambda: "a".center("b"), lambda: b"a" + "b", lambda: bytes([256]),
          lambda: "abc".replace("a"), lambda: "x" * "y", lambda: "a" < 1, lambda: "{}".format(), lambda: "abc".startswith(1), lambda: "".join(5), lambda: "a".zfill("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
words = "it was the best of times it was the worst of times".split()
index = {}
for i, w in enumerate(words):
    index.setdefault(w, []).append(i)
print(sorted(index.items()), max(words, key=lambda w: (len(w), w)))


def caesar(text, k):
    out = []
    for c in text:
        if c.isalpha() and c.isascii():
            first = ord("a") if c.islower() else ord("A")
            out.append(chr((ord(c) - first + k) % 26 + first))
        else:
            out.append(c)
    return "".join(out)


secret = caesar("Hello, World! é", 3)
print(secret, caesar(secret, -3))


def rle(text):
    out, i = "", 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        out += f"{j - i}{text[i]}"
        i = j
    return out


print(rle("aaabccdddd"), "".join(sorted("banana")), "level" == "level"[::-1], all(c in "01" for c in "0110"))


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


print(distance("kitten", "sitting"), distance("", "abc"), distance("saturday", "sunday"))
text = ""
for i in range(2000):
    text += str(i % 10)
print(len(text), text[995:1005], text.count("012"), hash("a") == hash("a"))
