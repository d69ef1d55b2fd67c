// Dicts of modules, whose values are in cells.
//
// A compiled name looks its cell up once and reads the cell from then on. Asking for the cell of an absent name makes
// one without value, which gets its value should the name be defined later; until then it may fall back on the cell of
// the built-in of that name. So look-ups of globals need no versions and no checks but for null.
import type { int } from "rtypescript/rlib";
import { W_Dict } from "./dict.ts";
import { W_Root } from "./root.ts";
import { newstr, W_Str } from "./str.ts";
import { builtinType, type W_Type } from "./type.ts";

const w_cellType = builtinType("globalcell");

/** A variable of a module. */
export class GlobalCell extends W_Root {
  /** Null while unset. */
  w_value: W_Root | null;
  /** Where to look when unset. */
  fallback: GlobalCell | null;
  constructor() {
    super();
    this.w_value = null;
    this.fallback = null;
  }
  override getclass(): W_Type {
    return w_cellType;
  }
}

export class W_ModuleDict extends W_Dict {
  readonly #cells: Map<string, GlobalCell>;
  constructor() {
    super();
    this.#cells = new Map<string, GlobalCell>();
  }
  /** The cell of a name, made if need be. */
  cellFor(name: string): GlobalCell {
    const known = this.#cells.get(name);
    if (known !== undefined) return known;
    const made = new GlobalCell();
    this.#cells.set(name, made);
    return made;
  }
  override getStr(name: string): W_Root | null {
    const cell = this.#cells.get(name);
    return cell === undefined ? null : cell.w_value;
  }
  override setStr(name: string, w_value: W_Root): void {
    const cell = this.cellFor(name);
    if (cell.w_value === null) super.storeKey(newstr(name), cell);
    cell.w_value = w_value;
  }
  override delStr(name: string): boolean {
    return this.removeKey(newstr(name)) !== null;
  }
  override findKey(w_key: W_Root): W_Root | null {
    if (w_key instanceof W_Str) return this.getStr(w_key.text);
    const w_cell = super.findKey(w_key);
    return w_cell === null ? null : (w_cell as GlobalCell).w_value;
  }
  override storeKey(w_key: W_Root, w_value: W_Root): void {
    if (w_key instanceof W_Str) {
      this.setStr(w_key.text, w_value);
      return;
    }
    const cell = new GlobalCell();
    cell.w_value = w_value;
    super.storeKey(w_key, cell);
  }
  override removeKey(w_key: W_Root): W_Root | null {
    const w_cell = super.removeKey(w_key);
    if (w_cell === null) return null;
    const cell = w_cell as GlobalCell;
    const w_value = cell.w_value;
    cell.w_value = null;
    return w_value;
  }
  override clearAll(): void {
    for (const cell of this.#cells.values()) cell.w_value = null;
    super.clearAll();
  }
  override valueAt(e: int): W_Root {
    return (super.valueAt(e) as GlobalCell).w_value as W_Root;
  }
  override setValueAt(e: int, w_value: W_Root): void {
    (super.valueAt(e) as GlobalCell).w_value = w_value;
  }
}
