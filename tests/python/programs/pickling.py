"""pickle, copyreg, base64, hashlib, uuid, weakref, queue, threading, logging."""
import base64
import hashlib
import io
import logging
import pickle
import queue
import threading
import uuid
import weakref


class Node:
    def __init__(self, value, next_=None):
        self.value, self.next = value, next_

    def __repr__(self):
        return f"Node({self.value!r}, {self.next!r})"


values = [None, True, 5, -(2**70), 1.5, "té\n", b"\x00\xff", (1, (2,)), [1, [2]], {"a": {1, 2}}, frozenset([3]), Node(1, Node(2)), range(3), slice(1, 2), complex(1, 2)]
for protocol in (0, 1, 2, 3, 4):
    back = pickle.loads(pickle.dumps(values, protocol))
    print(protocol, back[:11] == values[:11], back[11], back[12:])
shared = []
pair = pickle.loads(pickle.dumps([shared, shared]))
print(pair[0] is pair[1], pickle.loads(pickle.dumps(len)) is len, pickle.loads(pickle.dumps(Node)) is Node)
try:
    pickle.dumps(lambda: 1)
except Exception as e:
    print(type(e).__name__)


class Account:
    def __init__(self):
        self.balance, self.secret = 10, object()

    def __getstate__(self):
        return {"balance": self.balance}

    def __setstate__(self, state):
        self.__dict__.update(state, restored=True)


acc = pickle.loads(pickle.dumps(Account()))
print(vars(acc))
print(uuid.UUID("12345678123456781234567812345678"), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"))
print(base64.b32encode(hashlib.sha1(b"x").digest()), hashlib.blake2b(b"x", digest_size=8).hexdigest())
n = Node(5)
r = weakref.ref(n)
print(r() is n, weakref.WeakValueDictionary(k=n)["k"] is n, weakref.proxy(n).value)
q = queue.Queue()
results = []


def worker(k):
    for i in range(3):
        q.put((k, i * k))


threads = [threading.Thread(target=worker, args=(k,)) for k in (1, 2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
while not q.empty():
    results.append(q.get())
print(sorted(results), threading.current_thread().name, threads[0].is_alive())
lock = threading.Lock()
with lock:
    print(lock.locked())
heap = queue.PriorityQueue()
for x in (3, 1, 2):
    heap.put(x)
print([heap.get() for _ in range(3)])
stream = io.StringIO()
log = logging.getLogger("demo")
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log.addHandler(handler)
log.setLevel(logging.INFO)
log.debug("hidden")
log.info("shown %d %s", 5, "x")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("oops")
print(stream.getvalue().splitlines()[:3], stream.getvalue().splitlines()[-1])
