/** Strongly connected components of a graph, callees before callers (Tarjan, without recursion). */
export function components<T>(nodes: readonly T[], successors: (node: T) => readonly T[]): T[][] {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const open = new Set<T>();
  const path: T[] = [];
  const found: T[][] = [];
  for (const root of nodes) {
    if (index.has(root)) continue;
    const stack = [enter(root)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        stack.pop();
        leave(top.node);
        const parent = stack.at(-1);
        if (parent !== undefined) lower(parent.node, low.get(top.node) as number);
      } else if (!index.has(next)) stack.push(enter(next));
      else if (open.has(next)) lower(top.node, index.get(next) as number);
    }
  }
  return found;

  function enter(node: T): { readonly node: T; readonly left: T[] } {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    path.push(node);
    open.add(node);
    return { node, left: [...successors(node)].reverse() };
  }

  function lower(node: T, value: number): void {
    if (value < (low.get(node) as number)) low.set(node, value);
  }

  function leave(node: T): void {
    if (low.get(node) !== index.get(node)) return;
    const component: T[] = [];
    for (;;) {
      const last = path.pop() as T;
      open.delete(last);
      component.push(last);
      if (last === node) break;
    }
    found.push(component);
  }
}
