"""Word wrapping, justification, word counts."""

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of
foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was
the season of Darkness, it was the spring of hope, it was the winter of despair, we had everything before us,
we had nothing before us, we were all going direct to Heaven, we were all going direct the other way."""


def greedy(words, width):
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line]


def justify(line, width):
    words = line.split()
    if len(words) == 1:
        return line.ljust(width)
    gaps = len(words) - 1
    spaces = width - sum(map(len, words))
    each, extra = divmod(spaces, gaps)
    out = words[0]
    for i, word in enumerate(words[1:]):
        out += " " * (each + (i < extra)) + word
    return out


def optimal(words, width):
    n = len(words)
    best = [0] + [float("inf")] * n
    start = [0] * (n + 1)
    for i in range(1, n + 1):
        length = -1
        for j in range(i, 0, -1):
            length += len(words[j - 1]) + 1
            if length > width:
                break
            cost = best[j - 1] + (0 if i == n else (width - length) ** 3)
            if cost < best[i]:
                best[i], start[i] = cost, j - 1
    lines, i = [], n
    while i:
        lines.append(" ".join(words[start[i]:i]))
        i = start[i]
    return lines[::-1], best[n]


words = TEXT.split()
for width in (30, 45):
    for line in greedy(words, width):
        print("|" + justify(line, width) + "|")
    lines, cost = optimal(words, width)
    print("cost", cost)
    for line in lines:
        print("|" + line.center(width) + "|")
counts = {}
for word in words:
    key = word.strip(".,").lower()
    counts[key] = counts.get(key, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]:
    print(f"{word:<12}{count:>4} {'*' * count}")
print(TEXT.title()[:60], TEXT.swapcase()[:40], TEXT.upper().count("THE"))
print("-".join(reversed(TEXT.splitlines()[0].split()[:6])))
print({len(w) for w in words} == set(range(2, 13)) - {9}, max(words, key=len))
