/**
 * Names of symbols. Low-level names (`goal/python/frame.ts#Frame.push`) are kept as they are, quoted, so that perf,
 * gdb and nm show them. A name that is a plain C identifier is moved out of C's way.
 */

const C_IDENTIFIER = /^[A-Za-z_.]\w*$/;

/** The symbol of a function or object named by origin. */
export function symbolOf(name: string): string {
  const plain = C_IDENTIFIER.test(name) ? `ts.${name}` : name;
  // In ELF symbols "@" introduces a version.
  return plain.replaceAll("@", "~");
}

/** A symbol as LLVM text writes it after `@`. */
export function quoted(symbol: string): string {
  if (/^[A-Za-z_.$][\w.$]*$/.test(symbol)) return `@${symbol}`;
  return `@"${escapeBytes(Buffer.from(symbol, "utf8"))}"`;
}

/** Bytes as they stand inside an LLVM string. */
export function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

/** FNV-1a, 32 bits: stable between runs and machines. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
