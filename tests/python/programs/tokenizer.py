"""A tokenizer, a precedence parser, a compiler to a stack machine and the machine."""
from dataclasses import dataclass


@dataclass
class Token:
    kind: str
    text: str
    line: int
    column: int


class CompileError(Exception):
    def __init__(self, message, token):
        super().__init__(f"{token.line}:{token.column}: {message}")


KEYWORDS = {"let", "while", "if", "else", "print", "fn", "return", "and", "or", "not", "true", "false"}
DOUBLE = {"==", "!=", "<=", ">=", "->"}


def tokenize(source):
    line, start, i = 1, 0, 0
    while i < len(source):
        c = source[i]
        column = i - start + 1
        if c == "\n":
            line, start = line + 1, i + 1
            i += 1
        elif c.isspace():
            i += 1
        elif c == "#":
            while i < len(source) and source[i] != "\n":
                i += 1
        elif c.isdigit():
            j = i
            while j < len(source) and (source[j].isdigit() or source[j] == "."):
                j += 1
            yield Token("number", source[i:j], line, column)
            i = j
        elif c.isalpha() or c == "_":
            j = i
            while j < len(source) and (source[j].isalnum() or source[j] == "_"):
                j += 1
            text = source[i:j]
            yield Token(text if text in KEYWORDS else "name", text, line, column)
            i = j
        elif c == '"':
            j = source.index('"', i + 1)
            yield Token("string", source[i + 1:j], line, column)
            i = j + 1
        elif source[i:i + 2] in DOUBLE:
            yield Token(source[i:i + 2], source[i:i + 2], line, column)
            i += 2
        elif c in "+-*/%<>=(){},;":
            yield Token(c, c, line, column)
            i += 1
        else:
            raise CompileError(f"unexpected character {c!r}", Token("error", c, line, column))
    yield Token("end", "", line, i - start + 1)


BINARY = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}


class Compiler:
    def __init__(self, source):
        self.tokens = list(tokenize(source))
        self.at = 0
        self.code = []
        self.functions = {}

    @property
    def token(self):
        return self.tokens[self.at]

    def take(self, kind=None):
        token = self.token
        if kind is not None and token.kind != kind:
            raise CompileError(f"expected {kind}, found {token.text or token.kind!r}", token)
        self.at += 1
        return token

    def accept(self, kind):
        if self.token.kind == kind:
            return self.take()
        return None

    def emit(self, *instruction):
        self.code.append(list(instruction))
        return len(self.code) - 1

    def program(self):
        while self.token.kind != "end":
            self.statement()
        self.emit("halt")
        return self

    def block(self):
        self.take("{")
        while self.token.kind != "}":
            self.statement()
        self.take("}")

    def statement(self):
        if self.accept("let"):
            name = self.take("name").text
            self.take("=")
            self.expression()
            self.emit("store", name)
            self.take(";")
        elif self.accept("print"):
            count = 1
            self.expression()
            while self.accept(","):
                self.expression()
                count += 1
            self.emit("print", count)
            self.take(";")
        elif self.accept("while"):
            top = len(self.code)
            self.expression()
            jump = self.emit("jump_false", None)
            self.block()
            self.emit("jump", top)
            self.code[jump][1] = len(self.code)
        elif self.accept("if"):
            self.expression()
            jump = self.emit("jump_false", None)
            self.block()
            if self.accept("else"):
                end = self.emit("jump", None)
                self.code[jump][1] = len(self.code)
                self.block()
                self.code[end][1] = len(self.code)
            else:
                self.code[jump][1] = len(self.code)
        elif self.accept("fn"):
            name = self.take("name").text
            self.take("(")
            params = []
            while self.token.kind == "name":
                params.append(self.take().text)
                self.accept(",")
            self.take(")")
            skip = self.emit("jump", None)
            self.functions[name] = (len(self.code), params)
            self.block()
            self.emit("push", None)
            self.emit("return")
            self.code[skip][1] = len(self.code)
        elif self.accept("return"):
            self.expression()
            self.emit("return")
            self.take(";")
        else:
            self.expression()
            self.emit("pop")
            self.take(";")

    def expression(self, least=1):
        self.unary()
        while (level := BINARY.get(self.token.kind, 0)) >= least:
            op = self.take().kind
            if op in ("and", "or"):
                jump = self.emit("jump_keep", op == "or", None)
                self.expression(level + 1)
                self.code[jump][2] = len(self.code)
            else:
                self.expression(level + 1)
                self.emit("binary", op)

    def unary(self):
        token = self.take()
        match token.kind:
            case "number":
                self.emit("push", float(token.text) if "." in token.text else int(token.text))
            case "string":
                self.emit("push", token.text)
            case "true" | "false":
                self.emit("push", token.kind == "true")
            case "-" | "not":
                self.unary()
                self.emit("unary", token.kind)
            case "(":
                self.expression()
                self.take(")")
            case "name" if self.accept("("):
                count = 0
                while self.token.kind != ")":
                    self.expression()
                    count += 1
                    if not self.accept(","):
                        break
                self.take(")")
                self.emit("call", token.text, count)
            case "name":
                self.emit("load", token.text)
            case _:
                raise CompileError(f"unexpected {token.text or token.kind!r}", token)


OPS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "%": lambda a, b: a % b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}


def run(program):
    stack, frames, variables, pc, steps = [], [], {}, 0, 0
    code = program.code
    while True:
        op, *args = code[pc]
        pc += 1
        steps += 1
        if op == "push":
            stack.append(args[0])
        elif op == "load":
            scope = variables if args[0] in variables else (frames[0][1] if frames else variables)
            stack.append(scope[args[0]])
        elif op == "store":
            variables[args[0]] = stack.pop()
        elif op == "binary":
            b = stack.pop()
            stack[-1] = OPS[args[0]](stack[-1], b)
        elif op == "unary":
            stack[-1] = -stack[-1] if args[0] == "-" else not stack[-1]
        elif op == "jump":
            pc = args[0]
        elif op == "jump_false":
            if not stack.pop():
                pc = args[0]
        elif op == "jump_keep":
            if bool(stack[-1]) == args[0]:
                pc = args[1]
            else:
                stack.pop()
        elif op == "call":
            name, count = args
            target, params = program.functions[name]
            values = stack[len(stack) - count:]
            del stack[len(stack) - count:]
            frames.append((pc, variables))
            variables = dict(zip(params, values, strict=True))
            pc = target
        elif op == "return":
            pc, variables = frames.pop()
        elif op == "pop":
            stack.pop()
        elif op == "print":
            values = stack[-args[0]:]
            del stack[-args[0]:]
            print(*values)
        elif op == "halt":
            return steps


SOURCE = """
# greatest common divisor, primes, recursion
fn gcd(a, b) { while b != 0 { let t = a % b; let a = b; let b = t; } return a; }
print "gcd", gcd(1071, 462);
let n = 2; let found = 0;
while found < 12 {
    let d = 2; let prime = true;
    while d * d <= n and prime { if n % d == 0 { let prime = false; } let d = d + 1; }
    if prime { print n; let found = found + 1; } else { let skipped = n; }
    let n = n + 1;
}
fn fact(n) { if n < 2 { return 1; } return n * fact(n - 1); }
print fact(20), -fact(3) + 2 * (3 - 4.5), not true or false, 7 % 4 == 3 and "yes";
fn fib(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); }
print fib(15), skipped;
"""
compiled = Compiler(SOURCE).program()
print(len(compiled.tokens), len(compiled.code), sorted(compiled.functions))
print("steps", run(compiled))
print(compiled.tokens[1], compiled.code[:4])
for bad in ("let = 3;", "print 1 +;", "let a = $;", "while true { print 1;", "fn f( { }"):
    try:
        run(Compiler(bad).program())
    except CompileError as e:
        print("error", e)
for bad in ("print missing;", "print 1 / 0;", "fn f(a) { return a; } print f(1, 2);"):
    try:
        run(Compiler(bad).program())
    except Exception as e:
        print(type(e).__name__, e)
