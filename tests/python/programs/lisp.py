"""A small Lisp interpreter."""
import operator as op


class Symbol(str):
    pass


class Env(dict):
    def __init__(self, params=(), args=(), outer=None):
        if isinstance(params, Symbol):
            self[params] = list(args)
        else:
            if len(params) != len(args):
                raise TypeError(f"expected {len(params)} arguments, got {len(args)}")
            self.update(zip(params, args))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise NameError(f"undefined symbol: {name}")


class Lambda:
    def __init__(self, params, body, env):
        self.params, self.body, self.env = params, body, env

    def __call__(self, *args):
        return evaluate(self.body, Env(self.params, args, self.env))


def tokenize(text):
    return text.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()


def parse(tokens):
    if not tokens:
        raise SyntaxError("unexpected end of input")
    token = tokens.pop(0)
    if token == "(":
        items = []
        while tokens[0] != ")":
            items.append(parse(tokens))
        tokens.pop(0)
        return items
    if token == ")":
        raise SyntaxError("unexpected )")
    if token == "'":
        return [Symbol("quote"), parse(tokens)]
    for kind in (int, float):
        try:
            return kind(token)
        except ValueError:
            pass
    return {"#t": True, "#f": False}.get(token, Symbol(token))


def show(x):
    if x is True:
        return "#t"
    if x is False:
        return "#f"
    if isinstance(x, list):
        return "(" + " ".join(map(show, x)) + ")"
    return str(x)


GLOBAL = Env()
GLOBAL.update(
    {
        "+": lambda *a: sum(a),
        "*": lambda *a: a[0] * GLOBAL["*"](*a[1:]) if a else 1,
        "-": lambda a, *b: a - sum(b) if b else -a,
        "/": op.truediv, "quotient": op.floordiv, "modulo": op.mod,
        "<": op.lt, ">": op.gt, "<=": op.le, ">=": op.ge, "=": op.eq,
        "car": lambda x: x[0], "cdr": lambda x: x[1:], "cons": lambda x, y: [x] + y,
        "list": lambda *a: list(a), "null?": lambda x: x == [], "length": len,
        "append": lambda *a: sum(a, []), "not": op.not_, "eq?": lambda a, b: a is b or a == b,
        "map": lambda f, xs: [f(x) for x in xs],
    }
)


def evaluate(x, env=GLOBAL):
    while True:
        if isinstance(x, Symbol):
            return env.find(x)[x]
        if not isinstance(x, list):
            return x
        if not x:
            return []
        head = x[0]
        if head == "quote":
            return x[1]
        if head == "if":
            _, test, yes, *no = x
            x = yes if evaluate(test, env) is not False else (no[0] if no else False)
        elif head == "define":
            _, name, *body = x
            if isinstance(name, list):
                name, *params = name
                env[name] = Lambda(params, [Symbol("begin"), *body], env)
            else:
                env[name] = evaluate(body[0], env)
            return None
        elif head == "set!":
            env.find(x[1])[x[1]] = evaluate(x[2], env)
            return None
        elif head == "lambda":
            return Lambda(x[1], [Symbol("begin"), *x[2:]], env)
        elif head == "begin":
            for e in x[1:-1]:
                evaluate(e, env)
            x = x[-1]
        elif head == "let":
            names = [b[0] for b in x[1]]
            values = [evaluate(b[1], env) for b in x[1]]
            env = Env(names, values, env)
            x = [Symbol("begin"), *x[2:]]
        else:
            f, *args = [evaluate(e, env) for e in x]
            if isinstance(f, Lambda):
                x, env = f.body, Env(f.params, args, f.env)
            else:
                return f(*args)


PROGRAM = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 5)
(fact 25)
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(map fib '(1 2 3 4 5 6 7 8 9 10 11 12))
(define (loop i acc) (if (= i 0) acc (loop (- i 1) (+ acc i))))
(loop 3000 0)
(define (make-counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define c (make-counter))
(c)
(c)
(list (c) 'sym "str" 2.5 #t '(a (b) ()))
(define (reverse xs) (if (null? xs) '() (append (reverse (cdr xs)) (list (car xs)))))
(reverse '(1 2 3 4 5))
((lambda args (length args)) 1 2 3)
(define (compose f g) (lambda (x) (f (g x))))
((compose (lambda (x) (* x x)) (lambda (x) (+ x 1))) 6)
(/ 1 3)
(undefined-thing 1)
((lambda (x y) x) 1)
(car '())
(/ 1 0)
"""
for line in PROGRAM.strip().splitlines():
    try:
        value = evaluate(parse(tokenize(line)))
        if value is not None:
            print(show(value))
    except Exception as e:
        print("error:", type(e).__name__, e)
