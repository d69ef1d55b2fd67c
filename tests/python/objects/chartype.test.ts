// Properties and letter case of the first two planes against CPython.
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import * as ct from "../../../goal/python/objects/chartype.ts";

const program = `
import sys
names = "isalpha isdecimal isdigit isnumeric isalnum isspace isupper islower".split()
for c in range(0x20000):
    x = chr(c)
    bits = sum(1 << i for i, n in enumerate(names) if getattr(x, n)())
    forms = [f(x) for f in (str.upper, str.lower, str.title, str.casefold)]
    shown = "" if all(f == x for f in forms) else ",".join(".".join(str(ord(y)) for y in f) for f in forms)
    print(bits, shown)
`;

it("classifies and maps characters as CPython", () => {
  const run = spawnSync("/usr/bin/python3.11", ["-c", program], { encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = run.stdout.split("\n").slice(0, -1);
  expect(lines.length).toBe(0x20000);
  const tests = [
    ct.isAlpha,
    ct.isDecimal,
    ct.isDigit,
    ct.isNumeric,
    ct.isAlnum,
    ct.isSpace,
    ct.isUpper,
    ct.isLower,
  ] as const;
  const forms = [ct.upperOf, ct.lowerOf, ct.titleOf, ct.foldOf] as const;
  const wrong: string[] = [];
  for (let c = 0; c < lines.length; c++) {
    const bits = tests.reduce((sum, f, i) => sum + (f(c) ? 1 << i : 0), 0);
    const self = String.fromCodePoint(c);
    const mapped = forms.map((f) => f(c));
    const shown = mapped.every((m) => m === self)
      ? ""
      : mapped.map((m) => Array.from(m, (x) => x.codePointAt(0)).join(".")).join(",");
    if (`${bits} ${shown}` !== lines[c]) wrong.push(`${c}: ${bits} ${shown} instead of ${lines[c]}`);
  }
  expect(wrong.slice(0, 10)).toEqual([]);
});
