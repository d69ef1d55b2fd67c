"""Regular expressions: tokenizing, substitution, lookaround, named groups."""
import re

log = """2024-01-02 12:30:45 INFO  server started on port 8080
2024-01-02 12:31:00 WARN  slow request: /index.html took 1532ms
2024-01-02 12:31:07 ERROR failed: user=bob@example.com code=0x1F
malformed line
2024-01-03 00:00:01 INFO  bye"""
line = re.compile(r"(?P<date>\d{4}-\d\d-\d\d) (?P<time>[\d:]{8}) (?P<level>[A-Z]+)\s+(?P<text>.*)")
for raw in log.splitlines():
    m = line.fullmatch(raw)
    print(m.groupdict() if m else f"no match: {raw!r}")
print(re.findall(r"\b\d+(?=ms\b)", log), re.findall(r"[\w.]+@[\w.]+\.\w+", log), re.search(r"0x[0-9A-F]+", log).span())
tokens = re.compile(r"(?P<num>\d+(?:\.\d*)?)|(?P<id>[A-Za-z_]\w*)|(?P<op>[-+*/=()])|(?P<ws>\s+)|(?P<bad>.)")
print([(m.lastgroup, m.group()) for m in tokens.finditer("x1 = 3.14*(y - 2) $") if m.lastgroup != "ws"])
print(re.sub(r"(\d+)-(\d+)", r"\2/\1", "10-20 30-40"), re.sub(r"\w+", lambda m: m[0].capitalize(), "the quick fox"))
print(re.subn(r"[aeiou]", "*", "education", count=3), re.split(r"\s*[,;]\s*", "a , b;c,d"), re.split(r"(-)", "1-2-3"))


def camel_to_snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


print([camel_to_snake(n) for n in ("camelCase", "HTTPServer2Go", "already_snake")])
print(re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", "1234567890"))
print(re.match(r"(?i)(hello)\s+\1", "Hello hELLO").groups(), re.findall(r"(?m)^(\w+)", log)[:3], re.escape("a+b(c)"))
html = '<p class="x">one</p><P>two</P><br/>'
print(re.findall(r"<(\w+)[^>]*>([^<]*)</\1>", html), re.findall(r"(?i)<(p)\b[^>]*>(.*?)</\1>", html))
print(re.compile(r"""
    ^(?P<sign>[+-]?)          # optional sign
    (?P<int>0|[1-9]\d*)       # no leading zeros
    (?:\.(?P<frac>\d+))?      # fraction
    (?:[eE](?P<exp>[+-]?\d+))?$
""", re.X).match("-12.50e+3").groupdict())
balanced = re.compile(r"^(?:[^()]|\((?:[^()]|\([^()]*\))*\))*$")
print([bool(balanced.match(s)) for s in ("a(b)c", "((x))", "(()", "())")])
p = re.compile("a|b", re.I | re.S)
print(p, p.flags, p.groups, p.pattern, p.sub("x", "AbC"), p.split("1a2B3"), [m.start() for m in p.finditer("cabAB")])
print(re.fullmatch(r"[^\W_]+", "ünïcode9"), re.findall(r"\w+", "привет, мир 東京"), re.findall(r"[а-я]+", "привет, мир"))
for bad in ("(", "[z-a]", "*", "(?P<n>a)(?P<n>b)", r"\g", "a{3,1}", "(?<=a*)b", "(?z)", ")", r"(?P=x)", "[a"):
    try:
        re.compile(bad)
    except re.error as e:
        print(repr(bad), e.msg, e.pos)
print(re.sub(r"(a)(b)?", lambda m: str(m.groups()), "ab a"), re.sub("x*", "-", "abxd"), re.findall(r"(?:a|ab)(?:c|bcd)", "abcd"))
roman = re.compile("M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
print([bool(roman.fullmatch(r)) for r in ("MCMXCIV", "IIII", "XLII", "VX")])
