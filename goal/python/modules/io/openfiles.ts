// Files open for writing, which are flushed when another file is opened and at the end: programs leave them open.
import type { W_Stream } from "./base.ts";

class OpenFiles {
  files: W_Stream[];
  constructor() {
    this.files = [];
  }
  add(w_file: W_Stream): void {
    if (this.files.length >= 64) this.files = this.files.filter((w) => !w.closed);
    this.files.push(w_file);
  }
  flushAll(): void {
    for (const w of this.files) if (!w.closed) w.flushOut();
  }
}
export const openFiles = new OpenFiles();
