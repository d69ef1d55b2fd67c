/**
 * The sections of the common log that the toolchain itself writes: to which component each belongs, its colour, what
 * it means. Sections of programs are not listed: they belong to the component "program" and get a colour by order of
 * appearance.
 */

export type Component = "gc" | "jit" | "program";

export interface SectionInfo {
  readonly component: Component;
  /** As SVG writes it. Reds for collectors, greens for the JIT. */
  readonly colour: string;
  readonly doc: string;
}

/** Names of the components, in the order in which they are shown. */
export const COMPONENTS: Readonly<Record<Component, string>> = {
  gc: "garbage collection",
  jit: "just-in-time compiler",
  program: "program",
};

export const SECTIONS = {
  "gc-minor": { component: "gc", colour: "#e8603c", doc: "a collection of the young objects" },
  "gc-collect": { component: "gc", colour: "#a01c24", doc: "a collection of everything, or one step of it" },
  "gc-mark": { component: "gc", colour: "#c93530", doc: "marking within a collection" },
  "gc-sweep": { component: "gc", colour: "#f2a07b", doc: "freeing what was not marked" },
  "jit-tracing": { component: "jit", colour: "#1b7837", doc: "recording a trace" },
  "jit-optimize": { component: "jit", colour: "#5aae61", doc: "optimizing a trace" },
  "jit-backend": { component: "jit", colour: "#0b4f3a", doc: "assembling machine code" },
  "jit-blackhole": { component: "jit", colour: "#a6c939", doc: "interpreting after a guard failed" },
  "jit-log-opt-loop": { component: "jit", colour: "#c7e3c0", doc: "writing down a loop" },
  "jit-log-opt-bridge": { component: "jit", colour: "#dcecc9", doc: "writing down a bridge" },
  "jit-summary": { component: "jit", colour: "#8fbc8f", doc: "counts at the end of the process" },
} as const satisfies Record<string, SectionInfo>;

/** For `gc-…` and `jit-…` sections that have no entry. */
const FAMILIES: readonly {
  readonly prefix: string;
  readonly component: Component;
  readonly colours: readonly string[];
}[] = [
  { prefix: "gc", component: "gc", colours: ["#d6604d", "#7f0000", "#f4a582", "#b2182b"] },
  { prefix: "jit", component: "jit", colours: ["#3c9d4e", "#77c679", "#006837", "#addd8e"] },
  { prefix: "", component: "program", colours: ["#4575b4", "#8073ac", "#2c7fb8", "#b39ddb", "#5e81ac", "#7fcdbb"] },
];

/** Time in no section: the program's own work. */
export const REST_COLOUR = "#dcdfe3";

/** What is known of each of these sections; those without an entry get colours of their family in turn. */
export function describeSections(names: readonly string[]): SectionInfo[] {
  const taken = FAMILIES.map(() => 0);
  return names.map((name) => {
    const known = (SECTIONS as Readonly<Record<string, SectionInfo>>)[name];
    if (known !== undefined) return known;
    const index = FAMILIES.findIndex(({ prefix }) => prefix === "" || name === prefix || name.startsWith(`${prefix}-`));
    const family = FAMILIES[index] as (typeof FAMILIES)[number];
    const colour = family.colours[(taken[index] as number) % family.colours.length] as string;
    taken[index] = (taken[index] as number) + 1;
    return { component: family.component, colour, doc: "" };
  });
}

/** Numbers in sections that are bytes; all others are counts. */
export const BYTE_FACTS: ReadonlySet<string> = new Set(["before", "after", "survived", "total", "bytes", "code"]);
