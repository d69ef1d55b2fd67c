"""Metaclasses, __init_subclass__, class creation by hand, abstract classes, method resolution order."""


class Registry(type):
    classes = {}

    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print("prepare", name, [b.__name__ for b in bases], kwargs)
        return {"prepared": True}

    def __new__(mcs, name, bases, ns, **kwargs):
        cls = super().__new__(mcs, name, bases, ns)
        mcs.classes[name] = cls
        return cls

    def __init__(cls, name, bases, ns, tag=None):
        super().__init__(name, bases, ns)
        cls.tag = tag

    def __call__(cls, *args, **kwargs):
        instance = super().__call__(*args, **kwargs)
        instance.created_by = cls.__name__
        return instance

    def __len__(cls):
        return len(cls.classes)

    def __contains__(cls, name):
        return name in cls.classes

    def __getitem__(cls, key):
        return f"{cls.__name__}[{key}]"

    def __repr__(cls):
        return f"<registered {cls.__name__}>"


class Base(metaclass=Registry):
    pass


class Derived(Base, tag="special"):
    def __init__(self, v):
        self.v = v


print(Derived(5).created_by, Derived.tag, Base.tag, len(Base), "Base" in Derived, Derived["k"], Derived, Derived.prepared)
print(type(Derived), isinstance(Derived, Registry), Derived.__class__.__name__)


class Plugin:
    plugins = []

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.name = name or cls.__name__.lower()
        Plugin.plugins.append(cls.name)


class Audio(Plugin):
    pass


class Video(Plugin, name="vid"):
    pass


print(Plugin.plugins, Video.name)
try:
    class Bad(Plugin, unknown=1):
        pass
except TypeError as e:
    print(e)

Made = type("Made", (Base,), {"x": 1, "get": lambda self: self.x}) if False else Registry("Made", (Base,), {"x": 1, "get": lambda self: self.x})
print(Made().get(), Made.__name__, Made.__mro__)
Simple = type("Simple", (), dict(__doc__="doc", __str__=lambda self: "simple!"))
print(Simple(), Simple.__doc__, Simple.__bases__, type(Simple))


class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


class E(C, B):
    def who(self):
        return ["E"] + super(E, self).who()


print(D().who(), E().who(), [k.__name__ for k in D.mro()])
try:
    class F(D, E):
        pass
except TypeError as e:
    print(e)
try:
    class G(A, D):
        pass
except TypeError as e:
    print(e)
try:
    class M2(type):
        pass

    class X(metaclass=M2):
        pass

    class Y(Base, X):
        pass
except TypeError as e:
    print(e)
for bases in ((bool,), (type(None),), (int, str), (1,), (A, A)):
    try:
        type("T", bases, {})
    except TypeError as e:
        print(e)


class Meta(type):
    @property
    def description(cls):
        return f"class {cls.__name__}"

    def __getattr__(cls, name):
        return f"dynamic {name}"

    def __instancecheck__(cls, obj):
        return obj == 42

    def __subclasscheck__(cls, sub):
        return sub is int


class WithMeta(metaclass=Meta):
    pass


print(WithMeta.description, WithMeta.anything, isinstance(42, WithMeta), isinstance(41, WithMeta), issubclass(int, WithMeta))
print([c.__name__ for c in A.__subclasses__()], A.__dict__["who"].__qualname__)


class Counted:
    count = 0

    def __new__(cls, *args):
        cls.count += 1
        self = super().__new__(cls)
        self.serial = cls.count
        return self

    def __init__(self, *args):
        self.args = args

    def __del__(self):
        pass


print([Counted(i).serial for i in range(3)], Counted(9).args, Counted.count)


class Singleton:
    _it = None

    def __new__(cls):
        if cls._it is None:
            cls._it = super().__new__(cls)
        return cls._it


print(Singleton() is Singleton())


class Celsius(float):
    def __new__(cls, value):
        return super().__new__(cls, value)

    def __repr__(self):
        return f"{float(self)}°C"

    def __add__(self, other):
        return Celsius(float(self) + other)


t = Celsius("36.5")
print(t, t + 1, t * 2, type(t + 1).__name__, isinstance(t, float), t == 36.5, round(t), max(t, Celsius(40)))


class Upper(str):
    def __new__(cls, text):
        return super().__new__(cls, text.upper())

    def shout(self):
        return self + "!"


u = Upper("hi")
print(u, u.shout(), len(u), u == "HI", {u: 1}["HI"], u[0], type(u.lower()).__name__, repr(u))


class Stack(list):
    def push(self, *items):
        self.extend(items)
        return self

    def __getitem__(self, i):
        return list.__getitem__(self, -1 - i)

    @property
    def top(self):
        return self[0]


s = Stack().push(1, 2, 3)
print(s, s.top, s[1], len(s), s.pop(), isinstance(s, list), s + [9], type(s[:1] if False else s).__name__)


class Default(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value


d = Default(a=1)
print(d["a"], d["bb"], d, d.get("zz"), "bb" in d)


class Version(tuple):
    def __new__(cls, text):
        return super().__new__(cls, map(int, text.split(".")))

    def __str__(self):
        return ".".join(map(str, self))


print(Version("1.10.2") > Version("1.9"), str(Version("3.11")), sorted([Version("2.0"), Version("1.5")]), hash(Version("1.2")) == hash((1, 2)))
