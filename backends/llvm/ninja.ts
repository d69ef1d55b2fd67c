/** The text of `build.ninja`: one edge per object, one for the link. Remote execution engines read the same file. */

export interface BuildEdge {
  readonly output: string;
  readonly input: string;
  /** Program and flags; `-o output input` is added. */
  readonly command: readonly string[];
  /** Shown while it runs. */
  readonly label: string;
}

export interface LinkEdge {
  readonly output: string;
  readonly objects: readonly string[];
  readonly command: readonly string[];
  /** After the objects. */
  readonly flags: readonly string[];
}

/** Escapes a path in a build line. */
function path(text: string): string {
  return text.replace(/[$: ]/g, "$$$&");
}

/** A word of a shell command inside a ninja variable. */
function shell(text: string): string {
  const word = /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  return word.replaceAll("$", "$$");
}

export function ninjaText(edges: readonly BuildEdge[], link: LinkEdge): string {
  const lines = [
    "ninja_required_version = 1.3",
    "rule compile",
    // Another process may be compiling the same: each writes a file of its own.
    "  command = $tool -o $out.$$$$ $in && mv -f $out.$$$$ $out",
    "  description = compile $label",
    "rule link",
    "  command = $tool -o $out @$out.rsp $flags && rm -f $out.rsp",
    "  rspfile = $out.rsp",
    "  rspfile_content = $in",
    "  description = link $out",
  ];
  const seen = new Set<string>();
  for (const edge of edges) {
    if (seen.has(edge.output)) continue;
    seen.add(edge.output);
    lines.push(`build ${path(edge.output)}: compile ${path(edge.input)}`);
    lines.push(`  tool = ${edge.command.map(shell).join(" ")}`, `  label = ${shell(edge.label)}`);
  }
  lines.push(`build ${path(link.output)}: link ${[...new Set(link.objects)].map(path).join(" ")}`);
  lines.push(`  tool = ${link.command.map(shell).join(" ")}`, `  flags = ${link.flags.map(shell).join(" ")}`);
  lines.push(`default ${path(link.output)}`, "");
  return lines.join("\n");
}
