/**
 * Which functions the import phase uses: `--check` looks at functions that nothing calls, and those that only module
 * initialisation calls are full TypeScript, not RTypeScript. By name and generously: starting from the names that
 * top-level code mentions, every function or class of such a name adds the names that its body mentions.
 */
import { Node, type SourceFile, SyntaxKind } from "ts-morph";

/** Names mentioned outside of function bodies: in top-level statements, static blocks, initialisers of static fields. */
function topLevelNames(node: Node, found: Set<string>): void {
  for (const child of node.getChildrenOfKind(SyntaxKind.SyntaxList).flatMap((l) => l.getChildren()))
    visit(child, found);
}

function visit(node: Node, found: Set<string>): void {
  if (Node.isFunctionLikeDeclaration(node) || Node.isImportDeclaration(node)) return;
  if (Node.isIdentifier(node) || Node.isPrivateIdentifier(node)) found.add(node.getText());
  node.forEachChild((child) => visit(child, found));
}

function namesIn(node: Node, found: Set<string>): void {
  for (const name of node.getText().match(/#?[A-Za-z_$][\w$]*/g) ?? []) found.add(name);
}

/** Names of functions, methods and classes that import-time code may use. */
export function importTimeNames(files: readonly SourceFile[]): ReadonlySet<string> {
  const used = new Set<string>();
  const bodies = new Map<string, Node[]>();
  const declare = (name: string | undefined, node: Node): void => {
    if (name === undefined) return;
    const known = bodies.get(name);
    if (known === undefined) bodies.set(name, [node]);
    else known.push(node);
  };
  for (const file of files) {
    topLevelNames(file, used);
    for (const f of file.getFunctions()) declare(f.getName(), f);
    for (const v of file.getVariableDeclarations()) declare(v.getName(), v);
    for (const c of file.getClasses()) {
      for (const ctor of c.getConstructors()) declare(c.getName(), ctor);
      for (const p of c.getInstanceProperties()) if (Node.isPropertyDeclaration(p)) declare(c.getName(), p);
      for (const m of [...c.getMethods(), ...c.getGetAccessors(), ...c.getSetAccessors()]) declare(m.getName(), m);
    }
  }
  used.add("target");
  const queue = [...used];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const body of bodies.get(name) ?? []) {
      const inside = new Set<string>();
      namesIn(body, inside);
      for (const other of inside) {
        if (used.has(other)) continue;
        used.add(other);
        queue.push(other);
      }
    }
    bodies.delete(name);
  }
  return used;
}
