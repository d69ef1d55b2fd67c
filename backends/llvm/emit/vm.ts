/** Access to the struct of execution state. */
import { VM_SYMBOL, type VmFieldName, vmOffset } from "../../../rtyper/lltype/vm.ts";
import type { FunctionWriter } from "../function.ts";

/** The address of a field, a constant. */
export function vmField(w: FunctionWriter, name: VmFieldName): string {
  const offset = vmOffset(name, w.module.world.layout.wordBytes);
  const base = w.module.runtimeData(VM_SYMBOL);
  return offset === 0 ? base : `getelementptr (i8, ptr ${base}, ${w.module.word} ${offset})`;
}

/** Loads a field as `type` (`ptr` or a word). */
export function loadVm(w: FunctionWriter, name: VmFieldName, type: string): string {
  return w.temp(`load ${type}, ptr ${vmField(w, name)}`, tag(w, name));
}

export function storeVm(w: FunctionWriter, name: VmFieldName, type: string, value: string): void {
  w.emit(`store ${type} ${value}, ptr ${vmField(w, name)}`, tag(w, name));
}

function tag(w: FunctionWriter, name: VmFieldName): string {
  return `, align ${w.module.world.layout.wordBytes}, !tbaa ${w.module.tbaa(`vm.${name}`)}`;
}
