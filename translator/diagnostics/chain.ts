// The chain of inferences behind a type: how one side of a conflict came to be what it is.
//
// A chain runs from the origin (a literal, a declaration) to the place of the conflict, one step for each time the
// value moved on: `literal 0` → `argument 1 of push` → `item of xs`.
import type { SourcePosition } from "./position.ts";

/** One step; `position` is null where there is no source for it (a built-in). */
export interface ChainStep {
  /** Few words, source names in backquotes: "argument 1 of `push`". */
  readonly text: string;
  readonly position: SourcePosition | null;
}

/** All steps of one side, origin first. */
export interface Chain {
  /** What the steps explain: "`x` is int". */
  readonly title: string;
  readonly steps: readonly ChainStep[];
}

/** Longest chain that is printed in full; longer ones keep both ends. */
const longest = 8;

/** The chain as lines; `place` writes a position. */
export function chainLines(chain: Chain, place: (position: SourcePosition) => string): string[] {
  const lines = [`${chain.title}:`];
  const steps = collapse(chain.steps);
  steps.forEach((step, i) => {
    if (step === null) {
      lines.push(`    … ${chain.steps.length - longest} more steps`);
      return;
    }
    const where = step.position === null ? "" : `  at ${place(step.position)}`;
    lines.push(`  ${i === 0 ? "  " : "→ "}${step.text}${where}`);
  });
  return lines;
}

/** Leaves out the middle of a long chain (null stands for it). */
function collapse(steps: readonly ChainStep[]): (ChainStep | null)[] {
  if (steps.length <= longest) return [...steps];
  return [...steps.slice(0, longest / 2), null, ...steps.slice(-longest / 2)];
}
