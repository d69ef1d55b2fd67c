"""A JSON parser and printer."""


class JSONError(ValueError):
    def __init__(self, message, position):
        super().__init__(f"{message} at position {position}")
        self.position = position


ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
BACK = {v: k for k, v in ESCAPES.items() if k != "/"}


class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def error(self, message):
        return JSONError(message, self.pos)

    def skip(self):
        while self.pos < len(self.text) and self.text[self.pos] in " \t\r\n":
            self.pos += 1

    def peek(self):
        self.skip()
        return self.text[self.pos] if self.pos < len(self.text) else ""

    def expect(self, c):
        if self.peek() != c:
            raise self.error(f"expected {c!r}, found {self.peek()!r}")
        self.pos += 1

    def value(self):
        c = self.peek()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        if c == "-" or c.isdigit():
            return self.number()
        for word, result in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return result
        raise self.error("unexpected end" if c == "" else f"unexpected character {c!r}")

    def object(self):
        self.expect("{")
        result = {}
        if self.peek() == "}":
            self.pos += 1
            return result
        while True:
            self.skip()
            key = self.string()
            self.expect(":")
            result[key] = self.value()
            if self.peek() == ",":
                self.pos += 1
                continue
            self.expect("}")
            return result

    def array(self):
        self.expect("[")
        result = []
        if self.peek() == "]":
            self.pos += 1
            return result
        while True:
            result.append(self.value())
            if self.peek() == ",":
                self.pos += 1
                continue
            self.expect("]")
            return result

    def string(self):
        self.expect('"')
        parts = []
        while True:
            if self.pos >= len(self.text):
                raise self.error("unterminated string")
            c = self.text[self.pos]
            self.pos += 1
            if c == '"':
                return "".join(parts)
            if c == "\\":
                e = self.text[self.pos]
                self.pos += 1
                if e == "u":
                    parts.append(chr(int(self.text[self.pos:self.pos + 4], 16)))
                    self.pos += 4
                else:
                    parts.append(ESCAPES[e])
            else:
                parts.append(c)

    def number(self):
        start = self.pos
        while self.pos < len(self.text) and self.text[self.pos] in "+-.0123456789eE":
            self.pos += 1
        text = self.text[start:self.pos]
        return float(text) if any(c in text for c in ".eE") else int(text)


def loads(text):
    p = Parser(text)
    result = p.value()
    if p.peek():
        raise p.error("extra data")
    return result


def quote(s):
    out = ['"']
    for c in s:
        if c in BACK:
            out.append("\\" + BACK[c])
        elif c < " ":
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    return "".join(out) + '"'


def dumps(value, indent=None, level=0):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return quote(value)
    pad = "\n" + " " * (indent * (level + 1)) if indent else ""
    end = "\n" + " " * (indent * level) if indent else ""
    sep = "," + (pad if indent else " ")
    if isinstance(value, dict):
        if not value:
            return "{}"
        return "{" + pad + sep.join(f"{quote(k)}: {dumps(v, indent, level + 1)}" for k, v in value.items()) + end + "}"
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        return "[" + pad + sep.join(dumps(v, indent, level + 1) for v in value) + end + "]"
    raise TypeError(f"not serializable: {type(value).__name__}")


SAMPLE = """
{"name": "caf\\u00e9", "tags": ["a", "b\\n", ""], "nested": {"x": -1.5e3, "y": [true, false, null], "empty": {}},
 "big": 123456789012345678901234567890, "quote": "say \\"hi\\"", "list": []}
"""
data = loads(SAMPLE)
print(data)
print(dumps(data))
print(dumps(data, indent=2))
assert loads(dumps(data)) == data == loads(dumps(data, 4))
for bad in ("", "[1, 2", '{"a" 1}', "[1] x", "nul", '"abc'):
    try:
        print(loads(bad))
    except JSONError as e:
        print(type(e).__name__, e, e.position)
try:
    dumps({"s": {1, 2}})
except TypeError as e:
    print(e)
big = [{"id": i, "value": [i * j for j in range(5)], "text": "item %d" % i} for i in range(200)]
text = dumps(big)
print(len(text), loads(text) == big, sum(map(ord, text)) % 9973)
