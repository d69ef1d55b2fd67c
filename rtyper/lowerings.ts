/** Fills the tables of `repr.ts`: every module of reprs and builtins registers its entries when it is loaded. */
import "./repr/none.ts";
import "./repr/int.ts";
import "./repr/bool.ts";
import "./repr/float.ts";
import "./repr/nullable.ts";
import "./repr/instance.ts";
import "./repr/function.ts";
import "./repr/classvalue.ts";
import "./repr/tuple.ts";
import "./repr/cell.ts";
import "./repr/generator.ts";
import "./repr/pointer.ts";
import "./repr/address.ts";
import "./checks.ts";
import "./construct.ts";
import "./builtins/index.ts";
import "./builtins/address.ts";
