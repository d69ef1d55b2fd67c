"""textwrap, string templates, shlex, difflib, pprint through the library."""
import difflib
import pprint
import shlex
import string
import textwrap

text = """The quick brown fox jumps over the lazy dog. Pack my box with five dozen liquor jugs; how
vexingly quick daft zebras jump! Supercalifragilisticexpialidocious words get broken when needed."""
for width in (20, 40, 72):
    print(textwrap.fill(text, width))
    print("-" * width)
print(textwrap.fill(text, 40, initial_indent="* ", subsequent_indent="  ", break_long_words=False))
print(textwrap.shorten(text, 50), textwrap.shorten(text, 30, placeholder="..."))
print(textwrap.dedent("""
    def f():
        return 1

      odd
""").strip("\n"))
print(textwrap.indent("a\n\nb\n", "> "), textwrap.indent("a\n\nb", "> ", lambda line: True))
print(textwrap.wrap("a-b-c long-hyphenated-word", 8), textwrap.wrap("tabs\tand  spaces", 10, expand_tabs=False))
t = string.Template("$who owes ${amount} to $$bank and $unknown")
print(t.safe_substitute(who="Ann", amount=5))
try:
    t.substitute(who="Ann")
except KeyError as e:
    print("missing", e)
print(string.capwords("hello big world"), string.hexdigits, string.punctuation)
print(string.Formatter().format("{0!r:>5}|{name}", "a", name=3), list(string.Formatter().parse("a{b!r:c}d")))
print(shlex.split("cp 'my file' \"other \\\"one\\\"\" plain\\ text # no"), shlex.quote("it's"), shlex.join(["a b", "c"]))
a = "one\ntwo\nthree\nfour".split("\n")
b = "one\n2\nthree\nfive\nfour".split("\n")
print("\n".join(difflib.unified_diff(a, b, "old", "new", lineterm="")))
print("\n".join(difflib.ndiff(a, b)))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]), round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 3))
pprint.pprint({"list": list(range(25)), "nested": {"key" + str(i): ["v"] * i for i in range(5)}, "text": text[:90]}, width=60)
pprint.pprint([("a", {"b": (1, 2)}), {3, 1, 2}], width=20)
print(pprint.pformat({"b": 1, "a": 2}), pprint.pformat([1] * 40, compact=True))
