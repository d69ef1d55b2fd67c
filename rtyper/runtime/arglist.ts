/** The program's arguments, kept for `process.argv`. */

/** Holds what the start of the program put there. */
class ArgumentList {
  items: string[] = [];
}

const kept = new ArgumentList();

/** Called once at the start. */
export function keepArguments(list: string[]): void {
  kept.items = list;
}

export function programArgumentList(): string[] {
  return kept.items;
}
