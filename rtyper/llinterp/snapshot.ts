/**
 * Prebuilt memory as it was: programs change it when they run, and each run of a test starts from the same state.
 */
import { LowArrayObject, type LowContainer, LowStruct, type LowValue } from "../lltype/memory.ts";

/** Remembers the contents of the objects; the result puts them back. */
export function saveMemory(objects: Iterable<LowContainer>): () => void {
  const restores: (() => void)[] = [];
  for (const object of objects) {
    if (object instanceof LowArrayObject) restores.push(saveItems(object, object.items));
    else if (object instanceof LowStruct) {
      const fields = [...object.type.allFields()].map((f) => [f.name, object.get(f.name)] as const);
      restores.push(() => {
        for (const [name, value] of fields) object.set(name, value);
      });
      if (object.items !== null) restores.push(saveItems(object, object.items));
    }
  }
  return () => {
    for (const restore of restores) restore();
  };
}

function saveItems(object: LowArrayObject | LowStruct, items: readonly LowValue[]): () => void {
  const saved = [...items];
  return () => {
    for (const [i, value] of saved.entries()) object.setItem(i, value);
  };
}
