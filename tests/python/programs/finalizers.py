# What is left at the end is finalized then, in order of creation; references that are weak while their objects live.
import gc
import weakref


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


class Derived(Named):
    pass


class Plain:
    pass


first = Named("first")
second = Derived("second")
plain = Plain()
ref = weakref.ref(plain)
print(ref is weakref.ref(plain), weakref.getweakrefcount(plain), weakref.getweakrefs(plain) == [ref])
calls = []
watching = weakref.ref(plain, calls.append)
print(watching is ref, watching == ref, weakref.getweakrefcount(plain), watching.__callback__ == calls.append)
proxy = weakref.proxy(plain)
print(weakref.getweakrefcount(plain))
values = weakref.WeakValueDictionary()
values["plain"] = plain
keys = weakref.WeakKeyDictionary()
keys[plain] = "known"
members = weakref.WeakSet([plain, first])
gc.collect()
print(len(values), values["plain"] is plain, keys[plain], len(members), first in members, second in members)
print(calls, ref() is plain, gc.isenabled())
at_end = weakref.finalize(plain, print, "finalize")
print(at_end.alive)
now = weakref.finalize(first, print, "called now")
print(now(), now.alive)


def leave():
    class Local:
        def __del__(self):
            print("never" if self is None else "local")

    return [Local() for _ in range(3)]


kept = leave()
print(len(gc.get_stats()), sorted(gc.get_stats()[0]))
