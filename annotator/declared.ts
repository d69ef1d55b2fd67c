/**
 * Declared types, resolved: what a type node of the source means, with aliases followed and type parameters
 * substituted. Interned by their text, so that equality is identity. The checker's `number` says nothing about int or
 * float: it means "infer".
 */
import type { Node } from "ts-morph";
import type { Nulls, TypedArrayKind } from "./model.ts";

export type DeclaredType =
  | DeclaredScalar
  | DeclaredList
  | DeclaredTuple
  | DeclaredMap
  | DeclaredTypedArray
  | DeclaredIterator
  | DeclaredInstance
  | DeclaredRecord
  | DeclaredFunction
  | DeclaredOther;

interface DeclaredBase {
  /** Canonical text: equal texts are the same object. */
  readonly text: string;
  readonly nulls: Nulls;
  /** Says more than inference would find out: contains int, float, char, or a record's name. */
  readonly constrains: boolean;
}

export interface DeclaredScalar extends DeclaredBase {
  readonly kind: "int" | "float" | "number" | "boolean" | "string" | "char" | "bigint";
}
export interface DeclaredList extends DeclaredBase {
  readonly kind: "list";
  readonly item: DeclaredType;
  readonly readonly: boolean;
}
export interface DeclaredTuple extends DeclaredBase {
  readonly kind: "tuple";
  readonly items: readonly DeclaredType[];
}
export interface DeclaredMap extends DeclaredBase {
  readonly kind: "map" | "set";
  readonly key: DeclaredType;
  readonly value: DeclaredType;
  readonly weak: boolean;
}
export interface DeclaredTypedArray extends DeclaredBase {
  readonly kind: "typedArray";
  readonly array: TypedArrayKind;
}
export interface DeclaredIterator extends DeclaredBase {
  readonly kind: "iterator";
  readonly item: DeclaredType;
}
/** A class by its declaration, with type arguments. */
export interface DeclaredInstance extends DeclaredBase {
  readonly kind: "instance";
  readonly declaration: Node;
  readonly name: string;
  readonly typeArguments: readonly DeclaredType[];
}
/** An interface or object type: one record shape, named by the node that declares it and its type arguments. */
export interface DeclaredRecord extends DeclaredBase {
  readonly kind: "record";
  readonly declaration: Node;
  readonly name: string;
  readonly typeArguments: readonly DeclaredType[];
  readonly properties: () => ReadonlyMap<string, DeclaredProperty>;
}
export interface DeclaredProperty {
  readonly type: DeclaredType;
  readonly optional: boolean;
  readonly readonly: boolean;
}
export interface DeclaredFunction extends DeclaredBase {
  readonly kind: "function";
  readonly parameters: readonly DeclaredType[];
  readonly result: DeclaredType;
}
/** No contract: unknown, any, object, void, never, null alone, unions, unbound type parameters. */
export interface DeclaredOther extends DeclaredBase {
  readonly kind: "void" | "never" | "nullish" | "unknown" | "union" | "class" | "stringBuilder" | "weakRef";
  /** Of a union. */
  readonly members?: readonly DeclaredType[];
}

/** What the type parameters of a specialization stand for, by name. */
export type TypeEnvironment = ReadonlyMap<string, DeclaredType>;
export const NO_TYPES: TypeEnvironment = new Map();
