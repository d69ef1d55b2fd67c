"""Text processing: counting, sorting, translating, slicing."""
import string
from collections import Counter, defaultdict

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of incredulity,
it was the season of Light, it was the season of Darkness, it was the spring of hope,
it was the winter of despair, we had everything before us, we had nothing before us."""

words = TEXT.lower().translate(str.maketrans("", "", string.punctuation)).split()
counts = Counter(words)
for word, n in counts.most_common(8):
    print(f"{word:<10}{n:>3} {'#' * n}")
print(sum(counts.values()), len(counts), counts["missing"])
by_length = defaultdict(set)
for w in words:
    by_length[len(w)].add(w)
for n in sorted(by_length):
    print(n, sorted(by_length[n]))
letters = Counter(c for c in TEXT.lower() if c.isalpha())
print("".join(c for c, _ in sorted(letters.items(), key=lambda p: (-p[1], p[0]))))
print(counts - Counter(it=10, was=5), (counts & Counter("the the of".split())), Counter(a=1) | Counter(a=3, b=0))
lines = TEXT.splitlines()
for i, line in enumerate(lines, 1):
    print(f"{i:02}: {line.strip()[:40]!r:<45} {line.count('it'):>2} {line.find('was'):>3} {line.rfind('of'):>3}")
caesar = str.maketrans(string.ascii_lowercase, string.ascii_lowercase[3:] + string.ascii_lowercase[:3])
secret = lines[0].lower().translate(caesar)
print(secret)
back = {v: k for k, v in caesar.items()}
print(secret.translate(back))
print(TEXT.title()[:50], TEXT.swapcase()[:20], TEXT.partition(",")[0], TEXT.rpartition(" ")[2])
print([w[::-1] for w in words[:6]], "-".join(reversed(words[:4])), " ".join(sorted(set(words), key=lambda w: (len(w), w))[-3:]))
print("abc" < "abd", "Zebra" < "apple", max(words), min(words, key=lambda w: (len(w), w)))
pal = [w for w in "level radar world noon python stats".split() if w == w[::-1]]
print(pal, "ab" * 3, "x".join("123"), "a,b;c".replace(";", ",").split(","))
print("Ünïcödé ß ﬁ Ǆ".upper(), "ÜNÏCÖDÉ".lower(), "straße".casefold() == "STRASSE".casefold(), "ὈΔΥΣΣΕΎΣ".lower())
