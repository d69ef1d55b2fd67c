/** Which fields of a virtualizable class the tracer keeps in registers: those the program lists, of the class and its bases. */
import { VIRTUALIZABLE_TOKEN } from "../../rtyper/lltype/jit.ts";
import { LowArray, Ptr, type Struct } from "../../rtyper/lltype/types.ts";
import { fail } from "../../translator/diagnostics/report.ts";
import type { Descr } from "../format/descr.ts";
import { VirtualizableInfo } from "../format/jitcode.ts";
import type { DescrTable } from "./descrs.ts";

const ITEMS = "[*]";

export function virtualizableFields(struct: Struct, descrs: DescrTable): VirtualizableInfo {
  const fields: Descr[] = [];
  const arrayFields: Descr[] = [];
  const arrays: Descr[] = [];
  let owner: Struct | null = null;
  for (let s: Struct | null = struct; s !== null; s = s.base) {
    const listed = s.jit?.virtualizable ?? null;
    if (listed === null) continue;
    owner = s;
    for (const name of listed) {
      const isArray = name.endsWith(ITEMS);
      const field = struct.findField(isArray ? name.slice(0, -ITEMS.length) : name);
      // A field that no code of the program touches does not exist.
      if (field === null) continue;
      const descr = descrs.field(struct, field.name);
      if (!isArray) {
        fields.push(descr);
        continue;
      }
      const array = field.type instanceof Ptr ? field.type.to : null;
      if (!(array instanceof LowArray)) {
        fail("RTS1505", null, `virtualizable: the list in \`${name}\` of ${struct.name} is resized`);
      }
      arrayFields.push(descr);
      arrays.push(descrs.array(array));
    }
  }
  if (owner === null) throw new Error(`${struct.name} is not virtualizable`);
  return new VirtualizableInfo(
    descrs.size(struct),
    descrs.field(owner, VIRTUALIZABLE_TOKEN),
    fields,
    arrayFields,
    arrays,
  );
}
