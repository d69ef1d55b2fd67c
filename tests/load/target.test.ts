// Names of targets.
import { expect, test } from "vitest";
import { editDistance, findTargetFile, nearest, targetName, UnknownTarget } from "../../translator/load/target.ts";
import { makeFolder, root } from "./fixtures.ts";

test("the nearest name is suggested, if one is near", () => {
  const known = ["targetbf", "targetnop", "targetpython", "targettiny"];
  expect(nearest("targetpyton", known)).toBe("targetpython");
  expect(nearest("pyhton", known)).toBe("targetpython");
  expect(nearest("nop", known)).toBe("targetnop");
  expect(nearest("somethingelse", known)).toBe(null);
  expect([editDistance("abc", "abc"), editDistance("", "ab"), editDistance("kitten", "sitting")]).toEqual([0, 2, 3]);
});

test("names and paths", () => {
  const place = makeFolder({ "x.ts": "" });
  expect(findTargetFile(`${place.path}/x`)).toBe(`${place.path}/x.ts`);
  expect(() => findTargetFile("no/such/thing")).toThrow(UnknownTarget);
  expect(findTargetFile("bench/rts/richards.ts")).toBe(`${root}/bench/rts/richards.ts`);
  expect([targetName("/g/targettiny.ts"), targetName("/g/richards.ts")]).toEqual(["tiny", "richards"]);
  place.remove();
});
