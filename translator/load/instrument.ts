/**
 * The instrumenter: TypeScript text in, JavaScript with an inline source map out. A pure function.
 *
 * In mode "record" the module tells the recorder, while it is imported, about every function, class and literal:
 * where it is declared and how to read what it captured. In mode "check" it checks what the binary checks (see
 * `checks.ts`). In mode "strip" only types go.
 *
 * All is done by inserting text within lines (`edits.ts`); esbuild then removes the types; the two maps are joined, so
 * that positions in stacks are exact. Inserted names: `__rts` (global), `__m` (this module's recorder, a hoisted
 * function, because in an import cycle functions of a module run before its body), `__s1`, `__s2`, … (activations).
 */
import { transformSync } from "esbuild";
import { ts } from "ts-morph";
import { insertChecks } from "./checks.ts";
import { type EditedText, Edits, remapMappings } from "./edits.ts";
import {
  analyseScopes,
  type Binding,
  type FileScopes,
  type Frame,
  isAssignmentPattern,
  isErased,
  isFunctionLike,
  isMethodLike,
  isPlainFunction,
  type PlainFunction,
  type Scope,
} from "./scopes.ts";

/** What the emitted module does besides running. */
export type InstrumentMode = "record" | "check" | "strip";

/** The compiler options of the file's own tsconfig that change what is emitted. */
export interface EmitOptions {
  readonly verbatimModuleSyntax?: boolean;
  readonly useDefineForClassFields?: boolean;
  readonly experimentalDecorators?: boolean;
}

/** A parsed file, as all parts of the instrumenter want it. */
export function parseFile(text: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
}

/** JavaScript for a TypeScript file. Throws esbuild's error if it does not parse. */
export function instrument(text: string, file: string, mode: InstrumentMode, options: EmitOptions = {}): string {
  const edits = new Edits();
  if (mode !== "strip") {
    const source = parseFile(text, file);
    if (mode === "record") new RecordingPass(source, edits).run();
    else insertChecks(source, edits);
  }
  return stripTypes(edits.apply(text), file, options);
}

function stripTypes(edited: EditedText, file: string, options: EmitOptions): string {
  const { code, map } = transformSync(edited.text, {
    loader: "ts",
    format: "esm",
    target: "es2022",
    sourcefile: file,
    sourcemap: "external",
    sourcesContent: false,
    keepNames: false,
    logLevel: "silent",
    tsconfigRaw: {
      compilerOptions: {
        verbatimModuleSyntax: options.verbatimModuleSyntax ?? false,
        useDefineForClassFields: options.useDefineForClassFields ?? true,
        experimentalDecorators: options.experimentalDecorators ?? false,
      },
    },
  });
  const joined = JSON.parse(map) as { mappings: string; sources: string[] };
  joined.mappings = remapMappings(joined.mappings, edited);
  joined.sources = [file];
  const encoded = Buffer.from(JSON.stringify(joined)).toString("base64");
  return `${code}//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
}

/** A region that starts with room for declarations: where tokens and hoisted functions are recorded. */
interface Head {
  /** Offset after `{`, or where the body's expression starts. */
  readonly pos: number;
}

class RecordingPass {
  readonly #source: ts.SourceFile;
  readonly #edits: Edits;
  readonly #scopes: FileScopes;
  readonly #tokenNames = new Map<Scope, string>();
  /** Where the token of a scope is declared; functions before that place cannot see it. */
  readonly #tokenPlaces = new Map<Scope, Head>();

  constructor(source: ts.SourceFile, edits: Edits) {
    this.#source = source;
    this.#edits = edits;
    this.#scopes = analyseScopes(source);
  }

  run(): void {
    const { text } = this.#source;
    const start = text.startsWith("#!") ? (text.indexOf("\n") < 0 ? text.length : text.indexOf("\n") + 1) : 0;
    this.#placeTokens();
    const file = JSON.stringify(this.#source.fileName);
    this.#edits.open(start, `function __m(){return __m.v??=__rts.module(${file})};__m();`);
    this.#recordHoisted(this.#source.statements, start);
    ts.forEachChild(this.#source, (child) => this.#visit(child));
  }

  /** Gives every scope whose activations must be told apart its token, before any capture is written. */
  #placeTokens(): void {
    let count = 0;
    for (const scope of this.#scopes.scopes.values()) {
      if (!scope.needsToken || scope === this.#scopes.module) continue;
      count += 1;
      const name = `__s${count}`;
      const pos = this.#declareToken(scope.node, name);
      if (pos === null) continue;
      this.#tokenNames.set(scope, name);
      this.#tokenPlaces.set(scope, { pos });
    }
  }

  /** Inserts the token's declaration; null where there is no place for one. */
  #declareToken(node: ts.Node, name: string): number | null {
    const declaration = `const ${name}={};`;
    if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      return this.#openStatement(node.statement, declaration);
    }
    if (ts.isCatchClause(node)) return this.#openBody(node.block, declaration);
    if (ts.isCaseBlock(node)) {
      const start = node.parent.getStart();
      this.#edits.wrap(start, node.parent.end, `{${declaration}`, "}");
      return start;
    }
    if (ts.isBlock(node) || ts.isModuleBlock(node)) return this.#openBody(node, declaration);
    if (ts.isClassStaticBlockDeclaration(node)) return this.#openBody(node.body, declaration);
    if (!isFunctionLike(node) || node.body === undefined) return null;
    if (ts.isBlock(node.body)) return this.#openBody(node.body, declaration);
    const start = node.body.getStart();
    this.#edits.wrap(start, node.body.end, `{${declaration}return (`, ")}");
    return start;
  }

  #openBody(block: ts.Block | ts.ModuleBlock, text: string): number {
    const pos = block.getStart() + 1;
    this.#edits.open(pos, text);
    return pos;
  }

  /** The body of a loop: a block, or a statement that is made one. */
  #openStatement(statement: ts.Statement, text: string): number {
    if (ts.isBlock(statement)) return this.#openBody(statement, text);
    const start = statement.getStart();
    this.#edits.wrap(start, statement.end, `{${text}`, "}");
    return start;
  }

  #visit(node: ts.Node): void {
    if (isErased(node)) return;
    if (isPlainFunction(node)) this.#visitFunction(node);
    else if (ts.isClassLike(node)) this.#visitClass(node);
    else if (ts.isObjectLiteralExpression(node)) this.#visitObject(node);
    else if (ts.isArrayLiteralExpression(node) || ts.isNewExpression(node)) this.#visitPlace(node);
    else {
      if (ts.isBlock(node) || ts.isModuleBlock(node)) this.#recordHoisted(node.statements, node.getStart() + 1);
      if (ts.isCaseBlock(node)) {
        for (const clause of node.clauses) for (const s of clause.statements) this.#recordHoisted([s], s.end, true);
      }
      this.#visitChildren(node);
    }
  }

  #visitChildren(node: ts.Node): void {
    ts.forEachChild(node, (child) => this.#visit(child));
  }

  /** Function declarations exist from the start of their block: they are recorded there. */
  #recordHoisted(statements: readonly ts.Statement[], pos: number, after = false): void {
    for (const statement of statements) {
      if (!ts.isFunctionDeclaration(statement) || isErased(statement)) continue;
      const name = statement.name?.text ?? "__default";
      const restored = statement.name === undefined ? ',"default"' : "";
      const call = `__m().fn(${name},${statement.getStart()},${this.#captures(statement, pos)}${restored});`;
      if (after) this.#edits.close(pos, call, statement.getStart());
      else this.#edits.open(pos, call);
    }
  }

  #visitFunction(node: PlainFunction): void {
    if (ts.isFunctionDeclaration(node)) {
      if (node.name === undefined) this.#nameDefault(node);
      this.#visitChildren(node);
      return;
    }
    const start = node.getStart();
    const name = node.name === undefined ? inferredName(node) : null;
    const restored = name === null ? "" : `,${JSON.stringify(name)}`;
    this.#edits.open(start, "__m().fn(");
    this.#visitChildren(node);
    this.#edits.close(node.end, `,${start},${this.#captures(node, start)}${restored})`, start);
  }

  /** `export default function () {}` gets a name to be recorded by. */
  #nameDefault(node: ts.FunctionDeclaration): void {
    const first = node.typeParameters ?? node.parameters;
    this.#edits.open(first.pos - 1, " __default");
  }

  #visitClass(node: ts.ClassLikeDeclaration): void {
    this.#visitChildren(node);
    const pos = node.end - 1;
    const members = this.#members(node.members);
    const captures = this.#captures(node, pos);
    const [reader, staticReader] = privateReaders(node);
    this.#edits.close(
      pos,
      `;static{__m().cls(this,${node.getStart()},${captures},${members},${reader},${staticReader})}`,
      node.getStart(),
    );
  }

  #visitObject(node: ts.ObjectLiteralExpression): void {
    if (isAssignmentPattern(node)) {
      this.#visitChildren(node);
      return;
    }
    const start = node.getStart();
    const members = this.#members(node.properties);
    this.#edits.open(start, members === "[]" ? "__m().at(" : "__m().obj(");
    this.#visitChildren(node);
    if (members === "[]") this.#edits.close(node.end, `,${start})`, start);
    else this.#edits.close(node.end, `,${start},${this.#captures(node, start)},${members})`, start);
  }

  #visitPlace(node: ts.ArrayLiteralExpression | ts.NewExpression): void {
    if (isAssignmentPattern(node)) {
      this.#visitChildren(node);
      return;
    }
    const start = node.getStart();
    this.#edits.wrap(start, node.end, "__m().at(", `,${start})`);
    this.#visitChildren(node);
  }

  /** The methods and accessors with a name that can be written down, as the recorder wants them. */
  #members(nodes: readonly ts.Node[]): string {
    const texts: string[] = [];
    for (const node of nodes) {
      if (!isMethodLike(node) || node.body === undefined) continue;
      const key = memberKey(node.name);
      if (key === null) continue;
      const kind = ts.isMethodDeclaration(node) ? "method" : ts.isGetAccessorDeclaration(node) ? "get" : "set";
      const isStatic = node.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false;
      texts.push(`[${key},"${kind}",${isStatic},${node.getStart()}]`);
    }
    return `[${texts.join()}]`;
  }

  /** The captures of a frame as an object literal; `pos` is where it will be evaluated. */
  #captures(node: ts.Node, pos: number): string {
    const frame = this.#scopes.frames.get(node) as Frame;
    const texts: string[] = [];
    for (const [name, binding] of frame.captures) {
      if (binding.kind === "self" && binding.scope.node === node) texts.push(`${name}:0`);
      else texts.push(`${name}:[${this.#token(binding, pos)},()=>${name}]`);
    }
    if (frame.usesThis) texts.push("this:[0,()=>this]");
    return `{${texts.join()}}`;
  }

  #token(binding: Binding, pos: number): string {
    if (binding.kind === "import") return "2";
    if (!binding.assigned) return "0";
    if (binding.scope === this.#scopes.module) return "1";
    const place = this.#tokenPlaces.get(binding.scope);
    if (place === undefined || pos < place.pos) return "{}";
    return this.#tokenNames.get(binding.scope) ?? "{}";
  }
}

/** A member's key as an expression, null if evaluating it again might do something. */
function memberKey(name: ts.PropertyName): string | null {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return JSON.stringify(name.text);
  if (ts.isNumericLiteral(name)) return JSON.stringify(name.text);
  if (ts.isComputedPropertyName(name) && isPlainPath(name.expression)) return name.expression.getText();
  return null;
}

function isPlainPath(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
  return ts.isPropertyAccessExpression(node) && isPlainPath(node.expression);
}

/** Functions that read the instance's and the class's private fields, `null` where there are none. */
function privateReaders(node: ts.ClassLikeDeclaration): [string, string] {
  const own: string[] = [];
  const statics: string[] = [];
  for (const member of node.members) {
    if (!ts.isPropertyDeclaration(member) || !ts.isPrivateIdentifier(member.name)) continue;
    const isStatic = member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false;
    (isStatic ? statics : own).push(member.name.text);
  }
  const read = (holder: string, names: string[]) => names.map((n) => `"${n}":${holder}.${n}`).join();
  return [
    own.length === 0 ? "null" : `(o)=>${own[0]} in o?{${read("o", own)}}:null`,
    statics.length === 0 ? "null" : `()=>({${read("this", statics)}})`,
  ];
}

/** The name that JavaScript would give an anonymous function standing here; null if none. */
function inferredName(node: ts.Node): string | null {
  let child = node;
  let parent = node.parent;
  while (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent)
  ) {
    child = parent;
    parent = parent.parent;
  }
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) {
    return parent.initializer === child && ts.isIdentifier(parent.name) ? parent.name.text : null;
  }
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    const { name } = parent;
    return ts.isComputedPropertyName(name) ? null : name.text;
  }
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name.text;
  if (ts.isExportAssignment(parent)) return "default";
  if (ts.isBinaryExpression(parent) && parent.right === child && ts.isIdentifier(parent.left)) {
    return isNamingAssignment(parent.operatorToken.kind) ? parent.left.text : null;
  }
  return null;
}

function isNamingAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken
  );
}
