// Development-time type stripping for the toolchain's own scripts; the product's entry points use translator/load instead.
import { register } from "node:module";

register("./dev-hook.mjs", import.meta.url);
