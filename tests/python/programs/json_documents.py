"""JSON through the library: reading, writing, errors, own types."""
import json
from collections import OrderedDict

doc = {
    "name": "Zoë \"quoted\" \\ / \n\t\u0001",
    "numbers": [0, -1, 3.5, 1e100, 1e-7, 10**20, -0.0],
    "flags": [True, False, None],
    "nested": {"empty list": [], "empty dict": {}, "deep": [[[1]]]},
    "emoji": "😀",
}
text = json.dumps(doc)
print(text)
print(json.dumps(doc, ensure_ascii=False, sort_keys=True))
print(json.dumps(doc, indent=2, separators=(",", ": ")))
print(json.loads(text) == doc, json.dumps([1, 2], separators=(",", ":")), json.dumps({1: 2, None: 3, True: 4, 2.5: 5}))
print(json.loads(' [1, 2.0, -3e2, "a\\u00e9\\ud83d\\ude00", {"k": null}] '), json.loads("12"), json.loads('"x"'))
print(json.loads('{"a": 1, "b": 2}', object_pairs_hook=OrderedDict), json.loads("[1.1, 2]", parse_float=str, parse_int=float))
print(json.dumps(float("inf")), json.loads("[NaN, Infinity, -Infinity]"))
for bad in ('{"a": }', "[1, 2", "{'a': 1}", "", "[1 2]", '"abc', "nul", '{"a" 1}', "[1]x", '["\x01"]', '"\\q"', "[,]"):
    try:
        print(json.loads(bad))
    except json.JSONDecodeError as e:
        print(type(e).__name__, e, e.pos, e.lineno, e.colno)
for bad in ({1, 2}, object, 1j, {(1, 2): 3}, float("nan")):
    try:
        print(json.dumps(bad, allow_nan=False))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Money:
    def __init__(self, amount):
        self.amount = amount


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Money):
            return {"$": o.amount}
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


print(json.dumps([Money(5), {3, 1}], cls=Encoder), json.dumps(Money(1), default=lambda o: o.amount))
print(json.loads('{"$": 5}', object_hook=lambda d: Money(d["$"]) if "$" in d else d).amount)
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as e:
    print(e)
big = {"rows": [{"id": i, "tags": [f"t{j}" for j in range(i % 3)]} for i in range(50)]}
print(len(json.dumps(big)), json.loads(json.dumps(big)) == big, json.dumps("\u2028</script>"))
