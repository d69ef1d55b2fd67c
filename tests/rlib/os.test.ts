// rlib/os on Node: files, streams, environment, UTF-8.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { OSError } from "../../rlib/index.ts";
import * as os from "../../rlib/os.ts";
import { makeFolder, runTool } from "../load/fixtures.ts";

const folder = makeFolder({});
afterAll(() => folder.remove());
const path = (name: string) => `${folder.path}/${name}`;

function errorOf(f: () => unknown): OSError {
  try {
    f();
  } catch (e) {
    if (e instanceof OSError) return e;
  }
  throw new Error("no OSError");
}

describe("UTF-8", () => {
  test("decoding and encoding are those of the Encoding Standard", () => {
    const pieces = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\ud800", "\udc00", "é", "€", "😀", "\ufeff"),
    );
    fc.assert(
      fc.property(fc.array(pieces), (all) => {
        const text = all.join("");
        expect(os.utf8Encode(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
        expect(os.utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const bytes = fc.array(
      fc.constantFrom(
        0x41,
        0x80,
        0xbf,
        0xc0,
        0xc3,
        0xe0,
        0xe2,
        0xed,
        0xa0,
        0x9f,
        0xf0,
        0x90,
        0xf4,
        0xf5,
        0xff,
        0x82,
        0xac,
      ),
    );
    fc.assert(
      fc.property(bytes, (all) => {
        expect(os.utf8Decode(new Uint8Array(all))).toBe(decoder.decode(new Uint8Array(all)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("files", () => {
  test("written and read back", () => {
    os.writeFile(path("a.txt"), "héllo\n😀");
    expect(os.readFile(path("a.txt"))).toBe("héllo\n😀");
    expect(os.stat(path("a.txt")).size).toBe(11);
    os.writeFileBytes(path("b.bin"), new Uint8Array(200000).fill(7));
    expect(os.readFileBytes(path("b.bin")).length).toBe(200000);
    os.writeFile(path("empty"), "");
    expect(os.readFile(path("empty"))).toBe("");
    expect(os.readFileBytes("/proc/self/stat").length).toBeGreaterThan(10);
  });

  test("positions", () => {
    const fd = os.open(path("p"), os.O_RDWR | os.O_CREAT | os.O_TRUNC);
    os.write(fd, "0123456789");
    expect([os.seek(fd, 0, 1), os.seek(fd, -3, 2), os.seek(fd, 2, 0)]).toEqual([10, 7, 2]);
    const bytes = new Uint8Array(4);
    expect([os.read(fd, bytes, 1, 3), os.utf8Decode(bytes.slice(1))]).toEqual([3, "234"]);
    os.write(fd, "XY");
    os.close(fd);
    expect(os.readFile(path("p"))).toBe("01234XY789");
    const more = os.open(path("p"), os.O_WRONLY | os.O_APPEND);
    os.write(more, "!");
    os.close(more);
    expect(os.readFile(path("p"))).toBe("01234XY789!");
    expect(() => os.read(fd, bytes, 3, 2)).toThrow(RangeError);
    expect(errorOf(() => os.close(99999)).code).toBe("EBADF");
  });

  test("folders", () => {
    os.mkdir(path("d"));
    os.writeFile(path("d/z"), "");
    os.writeFile(path("d/a"), "");
    expect([os.listDir(path("d")), os.stat(path("d")).isDirectory(), os.exists(path("d/q"))]).toEqual([
      ["a", "z"],
      true,
      false,
    ]);
    os.rename(path("d/z"), path("d/y"));
    expect(errorOf(() => os.removeDir(path("d"))).code).toBe("ENOTEMPTY");
    os.remove(path("d/y"));
    os.remove(path("d/a"));
    os.removeDir(path("d"));
    const e = errorOf(() => os.readFile(path("d/none")));
    expect([e.code, e.errno, e.path]).toEqual(["ENOENT", 2, path("d/none")]);
    expect(errorOf(() => os.mkdir("/proc/x")).code).toBe("ENOENT");
  });
});

test("environment and clocks", () => {
  expect(os.env("PATH")).toBe(process.env.PATH);
  expect(os.env("NO_SUCH_VARIABLE")).toBe(null);
  expect(os.environ()).toContain(`PATH=${process.env.PATH}`);
  expect(os.cwd()).toBe(process.cwd());
  const start = os.now();
  expect(os.now()).toBeGreaterThanOrEqual(start);
  expect(Math.abs(os.time() - Date.now() / 1000)).toBeLessThan(5);
});

test("standard input and output in a process", async () => {
  const place = makeFolder({
    "main.ts": `import { env, exit, isatty, readLine, readStdin, write } from "rtypescript/rlib/os";
export const target = () => ({ entry: main });
function main(argv: string[]): number {
  write(1, [readLine(), readLine(), readStdin(), readLine(), isatty(1)].map((x) => String(x)).join("|"));
  return env("NO_SUCH_VARIABLE") === null ? exit(4 + 256) : 1;
}
`,
  });
  expect(await runTool("run", ["main.ts"], place.path, "one\ntwo\nthree\nfour")).toEqual({
    status: 4,
    stdout: "one|two|three\nfour|null|false",
    stderr: "",
  });
  place.remove();
});
