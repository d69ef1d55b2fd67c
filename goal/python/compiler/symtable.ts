/**
 * Builds the symbol table: walks the tree once, records what each scope does with each name, then resolves.
 *
 * The order of the walk is CPython's, because messages such as "assigned to before global declaration" depend on it.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { Expr, Node, Pattern, Span, Stmt } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import {
  DEF_ANNOT,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  type ErrorPlace,
  resolveScope,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
  Scope,
  USE,
} from "./symbols.ts";
import { ExpressionWalker } from "./symwalk.ts";

class SymbolTableBuilder extends ExpressionWalker {
  statements(body: Stmt[]): void {
    for (const s of body) this.#statement(s);
  }

  #statement(s: Stmt): void {
    switch (s.kind) {
      case n.N_FUNCTION_DEF:
        this.#function(s as ast.FunctionDef);
        return;
      case n.N_CLASS_DEF:
        this.#class(s as ast.ClassDef);
        return;
      case n.N_RETURN:
        this.#return(s as ast.Return);
        return;
      case n.N_DELETE:
        this.expressions((s as ast.Delete).targets);
        return;
      case n.N_ASSIGN:
        this.expressions((s as ast.Assign).targets);
        this.expression((s as ast.Assign).value);
        return;
      case n.N_AUG_ASSIGN:
        this.expression((s as ast.AugAssign).target);
        this.expression((s as ast.AugAssign).value);
        return;
      case n.N_ANN_ASSIGN:
        this.#annotated(s as ast.AnnAssign);
        return;
      case n.N_FOR:
        this.expression((s as ast.For).target);
        this.expression((s as ast.For).iter);
        this.statements((s as ast.For).body);
        this.statements((s as ast.For).orelse);
        return;
      case n.N_WHILE:
        this.expression((s as ast.While).test);
        this.statements((s as ast.While).body);
        this.statements((s as ast.While).orelse);
        return;
      case n.N_IF:
        this.expression((s as ast.If).test);
        this.statements((s as ast.If).body);
        this.statements((s as ast.If).orelse);
        return;
      case n.N_WITH:
        this.#with(s as ast.With);
        return;
      case n.N_MATCH:
        this.#match(s as ast.Match);
        return;
      case n.N_RAISE:
        this.optional((s as ast.Raise).exc);
        this.optional((s as ast.Raise).cause);
        return;
      case n.N_TRY:
        this.#try(s as ast.Try);
        return;
      case n.N_ASSERT:
        this.expression((s as ast.Assert).test);
        this.optional((s as ast.Assert).msg);
        return;
      case n.N_IMPORT:
        this.#aliases((s as ast.Import).names);
        return;
      case n.N_IMPORT_FROM:
        this.#aliases((s as ast.ImportFrom).names);
        return;
      case n.N_GLOBAL:
        this.#declare((s as ast.Global).names, DEF_GLOBAL, "global", s);
        return;
      case n.N_NONLOCAL:
        this.#declare((s as ast.Nonlocal).names, DEF_NONLOCAL, "nonlocal", s);
        return;
      case n.N_EXPR_STMT:
        this.expression((s as ast.ExprStmt).value);
        return;
    }
  }

  #function(s: ast.FunctionDef): void {
    this.define(s.name, DEF_LOCAL, s);
    this.defaults(s.args);
    this.#annotations(s);
    this.expressions(s.decorators);
    const outer: Scope = this.enter(SCOPE_FUNCTION, s.name, s);
    if (s.isAsync) this.scope.isCoroutine = true;
    this.parameters(s.args);
    this.statements(s.body);
    this.leave(outer);
  }

  #annotations(s: ast.FunctionDef): void {
    const args: ast.Arguments = s.args;
    this.#argAnnotations(args.posonlyargs);
    this.#argAnnotations(args.args);
    if (args.vararg !== null) this.annotation(args.vararg.annotation);
    if (args.kwarg !== null) this.annotation(args.kwarg.annotation);
    this.#argAnnotations(args.kwonlyargs);
    this.annotation(s.returns);
  }

  #argAnnotations(args: ast.Arg[]): void {
    for (const a of args) this.annotation(a.annotation);
  }

  #class(s: ast.ClassDef): void {
    this.define(s.name, DEF_LOCAL, s);
    this.expressions(s.bases);
    for (const k of s.keywords) this.expression(k.value);
    this.expressions(s.decorators);
    const outer: Scope = this.enter(SCOPE_CLASS, s.name, s);
    const outerClass: string | null = this.privateClass;
    this.privateClass = s.name;
    this.statements(s.body);
    this.privateClass = outerClass;
    this.leave(outer);
  }

  #return(s: ast.Return): void {
    if (s.value === null) return;
    this.expression(s.value);
    this.scope.hasReturnValue = true;
    if (this.scope.isCoroutine && this.scope.isGenerator) {
      throw this.errors.error(s, "'return' with value in async generator");
    }
  }

  #annotated(s: ast.AnnAssign): void {
    if (s.target.kind === n.N_NAME) {
      const name: string = (s.target as ast.Name).id;
      const flags: int = this.scope.flagsOf(this.mangle(name));
      const declared: boolean = (flags & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0;
      if (declared && this.scope.kind !== SCOPE_MODULE && s.simple) {
        const what: string = (flags & DEF_GLOBAL) !== 0 ? "global" : "nonlocal";
        throw this.errors.error(s, `annotated name '${name}' can't be ${what}`);
      }
      if (s.simple) this.define(name, DEF_ANNOT | DEF_LOCAL, s.target);
      else if (s.value !== null) this.define(name, DEF_LOCAL, s.target);
    } else this.expression(s.target);
    this.annotation(s.annotation);
    this.optional(s.value);
  }

  #with(s: ast.With): void {
    for (const item of s.items) {
      this.expression(item.contextExpr);
      this.optional(item.optionalVars);
    }
    this.statements(s.body);
  }

  #try(s: ast.Try): void {
    this.statements(s.body);
    this.statements(s.orelse);
    for (const h of s.handlers) {
      this.optional(h.type);
      if (h.name !== null) this.define(h.name, DEF_LOCAL, h);
      this.statements(h.body);
    }
    this.statements(s.finalbody);
  }

  #aliases(names: ast.Alias[]): void {
    for (const a of names) {
      const full: string = a.asname === null ? a.name : a.asname;
      const dot: int = full.indexOf(".");
      if (a.name === "*") {
        if (this.scope.kind !== SCOPE_MODULE) {
          throw this.errors.error(a, "import * only allowed at module level");
        }
        continue;
      }
      this.define(a.asname === null && dot >= 0 ? full.slice(0, dot) : full, DEF_IMPORT, a);
    }
  }

  #declare(names: string[], flag: int, word: string, s: Span): void {
    for (const name of names) {
      const mangled: string = this.mangle(name);
      const flags: int = this.scope.flagsOf(mangled);
      if ((flags & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) !== 0) {
        throw this.errors.error(s, declarationMessage(name, flags, word));
      }
      this.scope.add(mangled, flag);
      // The module's own instructions treat such a name as global too.
      if (flag === DEF_GLOBAL) this.module.add(mangled, DEF_GLOBAL);
      this.scope.addDirective(mangled, s);
    }
  }

  // match.

  #match(s: ast.Match): void {
    this.expression(s.subject);
    for (const c of s.cases) {
      this.#pattern(c.pattern);
      this.optional(c.guard);
      this.statements(c.body);
    }
  }

  #pattern(p: Pattern): void {
    switch (p.kind) {
      case n.N_MATCH_VALUE:
        this.expression((p as ast.MatchValue).value);
        return;
      case n.N_MATCH_SEQUENCE:
        this.#patterns((p as ast.MatchSequence).patterns);
        return;
      case n.N_MATCH_STAR: {
        const name: string | null = (p as ast.MatchStar).name;
        if (name !== null) this.define(name, DEF_LOCAL, p);
        return;
      }
      case n.N_MATCH_MAPPING: {
        const mapping: ast.MatchMapping = p as ast.MatchMapping;
        this.expressions(mapping.keys);
        this.#patterns(mapping.patterns);
        if (mapping.rest !== null) this.define(mapping.rest, DEF_LOCAL, p);
        return;
      }
      case n.N_MATCH_CLASS: {
        const cls: ast.MatchClass = p as ast.MatchClass;
        this.expression(cls.cls);
        this.#patterns(cls.patterns);
        this.#patterns(cls.kwdPatterns);
        return;
      }
      case n.N_MATCH_AS: {
        const as: ast.MatchAs = p as ast.MatchAs;
        if (as.pattern !== null) this.#pattern(as.pattern);
        if (as.name !== null) this.define(as.name, DEF_LOCAL, p);
        return;
      }
      case n.N_MATCH_OR:
        this.#patterns((p as ast.MatchOr).patterns);
        return;
    }
  }

  #patterns(patterns: Pattern[]): void {
    for (const p of patterns) this.#pattern(p);
  }
}

function declarationMessage(name: string, flags: int, word: string): string {
  if ((flags & DEF_PARAM) !== 0) return `name '${name}' is parameter and ${word}`;
  if ((flags & USE) !== 0) return `name '${name}' is used prior to ${word} declaration`;
  if ((flags & DEF_ANNOT) !== 0) return `annotated name '${name}' can't be ${word}`;
  return `name '${name}' is assigned to before ${word} declaration`;
}

/** The scopes of a program, found by the node that opens them. */
export class SymbolTable {
  readonly module: Scope;
  readonly #scopes: Map<Node, Scope>;
  constructor(module: Scope, scopes: Map<Node, Scope>) {
    this.module = module;
    this.#scopes = scopes;
  }

  scopeOf(node: Node): Scope {
    return this.#scopes.get(node) as Scope;
  }
}

class StartSpan extends n.Span {}

/**
 * The symbol table of a program. `lazyAnnotations`: annotations are kept as text and define and use nothing.
 */
export function buildSymbolTable(body: Stmt[], errors: ErrorPlace, lazyAnnotations: boolean): SymbolTable {
  const module: Scope = new Scope(SCOPE_MODULE, "top", null, new StartSpan(0, 0, 0, 0));
  const scopes: Map<Node, Scope> = new Map();
  const builder: SymbolTableBuilder = new SymbolTableBuilder(module, scopes, errors, lazyAnnotations);
  builder.statements(body);
  resolveScope(module, errors);
  return new SymbolTable(module, scopes);
}

/** The names that an expression's evaluation as a whole program uses; for eval mode. */
export function buildExpressionTable(e: Expr, errors: ErrorPlace): SymbolTable {
  const module: Scope = new Scope(SCOPE_MODULE, "top", null, new StartSpan(0, 0, 0, 0));
  const scopes: Map<Node, Scope> = new Map();
  const builder: SymbolTableBuilder = new SymbolTableBuilder(module, scopes, errors, false);
  builder.expression(e);
  resolveScope(module, errors);
  return new SymbolTable(module, scopes);
}
