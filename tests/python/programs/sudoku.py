"""Sudoku by constraint propagation and search; sets, dicts and recursion."""


def cross(a, b):
    return [x + y for x in a for y in b]


DIGITS = "123456789"
ROWS, COLS = "ABCDEFGHI", DIGITS
SQUARES = cross(ROWS, COLS)
UNITS = (
    [cross(ROWS, c) for c in COLS]
    + [cross(r, COLS) for r in ROWS]
    + [cross(rs, cs) for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")]
)
units = {s: [u for u in UNITS if s in u] for s in SQUARES}
peers = {s: set(sum(units[s], [])) - {s} for s in SQUARES}
searched = 0


def assign(values, s, d):
    others = values[s].replace(d, "")
    return values if all(eliminate(values, s, o) for o in others) else None


def eliminate(values, s, d):
    if d not in values[s]:
        return values
    values[s] = values[s].replace(d, "")
    if not values[s]:
        return None
    if len(values[s]) == 1 and not all(eliminate(values, p, values[s]) for p in peers[s]):
        return None
    for u in units[s]:
        places = [p for p in u if d in values[p]]
        if not places:
            return None
        if len(places) == 1 and not assign(values, places[0], d):
            return None
    return values


def parse(grid):
    values = {s: DIGITS for s in SQUARES}
    for s, d in zip(SQUARES, grid):
        if d in DIGITS and not assign(values, s, d):
            return None
    return values


def search(values):
    global searched
    searched += 1
    if not values:
        return None
    if all(len(v) == 1 for v in values.values()):
        return values
    _, s = min((len(values[s]), s) for s in SQUARES if len(values[s]) > 1)
    for d in values[s]:
        if result := search(assign(values.copy(), s, d)):
            return result
    return None


def show(values):
    line = "+".join(["-" * 6] * 3)
    for r in ROWS:
        print("".join(values[r + c] + (" |" if c in "36" else " ") for c in COLS).rstrip())
        if r in "CF":
            print(line)


for puzzle in (
    "003020600900305001001806400008102900700000008006708200002609500800203009005010300",
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
):
    solution = search(parse(puzzle))
    show(solution)
    print("searched", searched, "valid", all(set(solution[s] for s in u) == set(DIGITS) for u in UNITS))
print(search(parse("11" + "." * 79)), len(peers["C2"]), sorted(peers["A1"])[:6])
