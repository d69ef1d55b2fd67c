"""Descriptors, properties, __getattr__ and their order."""


class Typed:
    def __init__(self, kind, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("set_name", owner.__name__, name)

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, self.default)

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}, not {type(value).__name__}")
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        print("delete", self.name)
        obj.__dict__.pop(self.name, None)


class Lazy:
    """A non-data descriptor: the instance's attribute wins once it is there."""

    def __init__(self, f):
        self.f = f
        self.__doc__ = f.__doc__

    def __get__(self, obj, owner):
        if obj is None:
            return self
        value = obj.__dict__[self.f.__name__] = self.f(obj)
        return value


class Point:
    x = Typed(int, 0)
    y = Typed(int, 0)

    def __init__(self, x, y):
        self.x, self.y = x, y

    @Lazy
    def norm(self):
        print("computing")
        return (self.x**2 + self.y**2) ** 0.5

    @property
    def both(self):
        "The pair."
        return self.x, self.y

    @both.setter
    def both(self, pair):
        self.x, self.y = pair

    @both.deleter
    def both(self):
        del self.x, self.y


p = Point(3, 4)
print(p.x, p.y, p.norm, p.norm, p.both, Point.both.__doc__)
p.both = 5, 6
print(p.both, p.norm, sorted(p.__dict__))
try:
    p.x = "a"
except TypeError as e:
    print(e)
del p.both
print(p.both, type(Point.x).__name__, Point.norm.f.__name__)


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        self.log.append(f"get {name}")
        return getattr(self.target, name)

    def __setattr__(self, name, value):
        self.log.append(f"set {name}")
        setattr(self.target, name, value)

    def __delattr__(self, name):
        self.log.append(f"del {name}")
        delattr(self.target, name)


proxy = Proxy(Point(1, 2))
proxy.x = 10
proxy.extra = "e"
print(proxy.x, proxy.extra, hasattr(proxy, "nothing"), proxy.target.extra)
del proxy.extra
print(proxy.log)


class Strict:
    allowed = {"a"}

    def __getattribute__(self, name):
        if name.startswith("secret"):
            raise AttributeError(f"no {name} for you")
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name not in type(self).allowed:
            raise AttributeError(name)
        super().__setattr__(name, value)


s = Strict()
s.a = 1
for name in ("a", "secret", "b"):
    print(name, getattr(s, name, "default"))
try:
    s.b = 2
except AttributeError as e:
    print("refused", e)


class Slots:
    __slots__ = ("p", "q")

    def __init__(self):
        self.p = 1


class More(Slots):
    __slots__ = ("r",)


m = More()
m.r = 3
print(m.p, m.r, hasattr(m, "q"), hasattr(m, "__dict__"), Slots.p, More.__slots__)
for name in ("q", "zz"):
    try:
        print(getattr(m, name))
    except AttributeError as e:
        print(e)
try:
    m.zz = 1
except AttributeError as e:
    print(e)


class Method:
    def __init__(self, f):
        self.f = f

    def __get__(self, obj, owner):
        return lambda *a: (owner.__name__, obj is None, self.f(*a))


class User:
    double = Method(lambda v: v * 2)
    plain = len
    static = staticmethod(lambda: "s")
    cls = classmethod(lambda c, *a: (c.__name__, a))


print(User.double(2), User().double(3), User().plain("abc"), User.static(), User().cls(1), User.cls())
for bad in ("x = 5; x.real = 3", "(1).foo = 2", "object().z = 1", "int.z = 1", "p.both.z = 1"):
    try:
        exec(bad)
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
try:
    class NoSetter:
        @property
        def v(self): return 1
    NoSetter().v = 2
except AttributeError as e:
    print(e)
