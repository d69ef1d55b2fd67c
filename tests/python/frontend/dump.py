"""The same text as dump.ts, from Python's own parser. Arguments: files; output: one dump after another, each after a
line "== FILE"; or with -: source on stdin."""
import ast
import struct
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)


def shapes():
    with open(__file__.replace(".py", ".ts")) as f:
        text = f.read().split("`")
    table = next(part for part in text if part.startswith("\nN_"))
    for line in table.strip().splitlines():
        _, name, *fields = line.split()
        yield name, [tuple(field.split(":")) for field in fields]


SHAPES = dict(shapes())
FIELDS = {
    "optionalVars": "optional_vars",
    "contextExpr": "context_expr",
    "kwDefaults": "kw_defaults",
    "formatSpec": "format_spec",
    "index": "slice",
    "decorators": "decorator_list",
    "kwdAttrs": "kwd_attrs",
    "kwdPatterns": "kwd_patterns",
}


def text(points):
    return "'%s'" % "".join(chr(p) if 32 < p < 127 and p not in (39, 92) else "\\%x;" % p for p in points)


def floats(f):
    return struct.pack(">d", f).hex()


def constant(v, kind=None):
    if v is None or v is True or v is False:
        return str(v)
    if v is ...:
        return "Ellipsis"
    if isinstance(v, int):
        return "int %x" % v
    if isinstance(v, float):
        return "float " + floats(v)
    if isinstance(v, complex):
        return "complex %s %s" % (floats(v.real), floats(v.imag))
    if isinstance(v, bytes):
        return "bytes " + text(v)
    return "str " + text(map(ord, v)) + (" u" if kind else "")


def value(node, field, type, v, out, depth):
    if type == "ConstValue":
        out.append("%s%s: %s" % (depth, field, constant(v, getattr(node, "kind", None))))
    elif type == "boolean" and isinstance(v, (int, bool)):
        out.append("%s%s: %d" % (depth, field, v))
    elif v is None:
        out.append("%s%s: -" % (depth, field))
    elif isinstance(v, list):
        out.append("%s%s: [%d]" % (depth, field, len(v)))
        for item in v:
            value(node, field, type, item, out, depth + " ")
    elif isinstance(v, (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)):
        out.append("%s%s: %s" % (depth, field, v.__class__.__name__))
    elif isinstance(v, ast.AST):
        out.append("%s%s:" % (depth, field))
        dump(v, out, depth + " ")
    elif isinstance(v, int):
        out.append("%s%s: %d" % (depth, field, v))
    else:
        out.append("%s%s: %s" % (depth, field, text(map(ord, v))))


def dump(node, out, depth):
    name = node.__class__.__name__
    plain = name.replace("Async", "").replace("TryStar", "Try")
    place = ""
    if hasattr(node, "lineno"):
        place = " %d:%d-%d:%d" % (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
    out.append(depth + plain + place)
    for field, type in SHAPES[plain]:
        if field == "isAsync" and name != "comprehension":
            v = name.startswith("Async")
        elif field == "isAsync":
            v = node.is_async
        elif field == "isStar":
            v = name == "TryStar"
        else:
            v = getattr(node, FIELDS.get(field, field))
        if type == "boolean" or not (name == "ImportFrom" and field == "level" and v is None):
            value(node, field, type, v, out, depth + " ")


def main():
    for name in sys.argv[1:]:
        if name == "-":
            source = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as f:
                source = f.read()
        out = ["== " + name]
        try:
            tree = ast.parse(source)
            for stmt in tree.body:
                dump(stmt, out, "")
        except SyntaxError as e:
            out.append("SyntaxError: %s" % e)
        print("\n".join(out))


main()
