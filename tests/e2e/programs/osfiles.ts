/** Files and folders: writing, reading, appending, seeking, listing, removing; errors with their codes. */
import { type int, OSError } from "rtypescript/rlib";
import {
  close,
  cwd,
  env,
  fstat,
  listDir,
  mkdir,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  open,
  read,
  readFile,
  readFileBytes,
  remove,
  removeDir,
  rename,
  seek,
  stat,
  utf8Decode,
  utf8Encode,
  write,
  writeBytes,
  writeFile,
} from "rtypescript/rlib/os";

function failing(name: string, f: () => void): void {
  try {
    f();
    console.log(`${name}: fine`);
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    console.log(`${name}: ${e.code} ${e.errno}`);
  }
}

function freshFolder(): string {
  const base = env("TMPDIR") ?? "/tmp";
  for (let i = 0; ; i++) {
    const path = `${base}/rts-e2e-${Math.floor(performance.now() * 1000)}-${i}`;
    try {
      mkdir(path);
      return path;
    } catch (e) {
      if (!(e instanceof OSError) || e.code !== "EEXIST") throw e;
    }
  }
}

export function main(_argv: string[]): int {
  const folder = freshFolder();
  const file = `${folder}/a.txt`;
  writeFile(file, "hello\nwörld \u{1f600}\n");
  console.log(
    `${readFile(file).length} ${readFileBytes(file).length} ${stat(file).size} ${stat(file).isFile()} ${stat(folder).isDirectory()}`,
  );
  const fd = open(file, O_WRONLY | O_APPEND);
  write(fd, "more\n");
  writeBytes(fd, utf8Encode("é"));
  close(fd);
  console.log(readFile(file).split("\n").join("|"));
  const both = open(`${folder}/b.bin`, O_RDWR | O_CREAT);
  writeBytes(both, new Uint8Array([1, 2, 3, 4, 255]));
  console.log(`${seek(both, 1, 0)} ${fstat(both).size}`);
  const buffer = new Uint8Array(10);
  console.log(
    `${read(both, buffer, 2, 3)} ${buffer.join()} ${read(both, buffer, 0, 10)} ${read(both, buffer, 0, 10)} ${buffer[0]}`,
  );
  console.log(`${seek(both, -2, 2)} ${seek(both, 0, 1)}`);
  close(both);
  mkdir(`${folder}/sub`);
  console.log(listDir(folder).sort().join());
  rename(file, `${folder}/sub/c.txt`);
  console.log(`${listDir(folder).sort().join()} ${listDir(`${folder}/sub`).join()}`);
  failing("open", () => close(open(file, O_RDONLY)));
  failing("read", () => {
    readFile(`${folder}/none/x`);
  });
  failing("mkdir", () => mkdir(folder));
  failing("remove folder", () => removeDir(folder));
  failing("close", () => close(987));
  failing("remove", () => remove(`${folder}/sub/c.txt`));
  remove(`${folder}/b.bin`);
  removeDir(`${folder}/sub`);
  removeDir(folder);
  failing("stat", () => {
    stat(folder);
  });
  console.log(`${cwd().length > 0} ${utf8Decode(new Uint8Array([104, 105, 0xff, 0xc3, 0xa9, 0xe2, 0x82]))}|`);
  const large = "x".repeat(300000);
  const big = `/tmp/rts-e2e-big-${Math.floor(performance.now() * 1e6)}`;
  writeFile(big, large);
  console.log(`${readFile(big) === large}`);
  remove(big);
  return 0;
}
