/** Where the toolchain that runs is. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `rlib`, `translator`, `goal`, …. */
export const toolchainRoot: string = join(dirname(fileURLToPath(import.meta.url)), "../..");
