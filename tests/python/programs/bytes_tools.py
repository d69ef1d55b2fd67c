"""Bytes, bytearrays, memoryviews, struct, encodings and checksums."""
import base64
import binascii
import hashlib
import struct

data = bytes(range(0, 256, 17)) + b"text \xc3\xa9"
print(data, len(data), data.hex(" ", 2))
print(data[-2:].decode("utf-8"), data.find(b"text"), data[3], data[::5])


def hexdump(block, width=8):
    for offset in range(0, len(block), width):
        chunk = block[offset:offset + width]
        shown = "".join(chr(b) if 32 <= b < 127 else "." for b in chunk)
        print(f"{offset:04x}  {chunk.hex(' '):<{width * 3}} {shown}")


hexdump(data)
buffer = bytearray(b"hello")
buffer += b" world"
buffer[0] = ord("J")
buffer[5:6] = b"---"
buffer.insert(0, 33)
buffer.extend([46, 46])
del buffer[-1]
print(buffer, buffer.pop(), buffer.count(b"l"), buffer.upper(), bytes(buffer).title())
view = memoryview(buffer)[2:7]
view[0] = 0x41
print(view.tobytes(), bytes(view[::-1]), view.tolist(), len(view), buffer)
view.release()
record = struct.Struct("<4sHBxif")
packed = record.pack(b"ABCD", 65535, 7, -1, 0.5)
print(record.size, packed.hex(), record.unpack(packed))
header, *rest = struct.unpack(">IHH", struct.pack(">IHH", 0xDEADBEEF, 1, 2))
print(hex(header), rest, [struct.calcsize(f) for f in ("b", "h", "i", "q", "f", "d", "3s", "bi", "<bi")])
for n, order, signed in ((1000, "big", False), (-2, "little", True), (2**40, "big", False)):
    raw = n.to_bytes(8, order, signed=signed)
    print(raw, int.from_bytes(raw, order, signed=signed))
print(base64.b64encode(data), base64.b64decode(base64.b64encode(data)) == data, binascii.crc32(data))
print(hashlib.md5(data).hexdigest(), hashlib.sha256(b"").hexdigest()[:16])
for codec in ("utf-8", "utf-16-le", "latin-1", "cp1252", "ascii"):
    try:
        print(codec, "naïve €".encode(codec))
    except UnicodeEncodeError as e:
        print(codec, e)
for raw in (b"ok", b"\xff\xfe", b"caf\xc3", b"\xe2\x82\xac"):
    for errors in ("strict", "replace", "backslashreplace"):
        try:
            print(raw, errors, raw.decode("utf-8", errors))
        except UnicodeDecodeError as e:
            print(raw, errors, e)
print(b"%s=%d %05.1f" % (b"k", 5, 2.25), b"a,b".split(b","), b"-".join([b"x", b"y"]), b"abc".translate(None, b"b"))


def rle(block):
    out, i = bytearray(), 0
    while i < len(block):
        j = i
        while j < len(block) and block[j] == block[i] and j - i < 255:
            j += 1
        out += bytes((j - i, block[i]))
        i = j
    return bytes(out)


print(rle(b"aaaabbbcd" * 2), {b"k": 1}[b"k"], b"a" < b"b", bytes.fromhex("00 ff"), list(b"\x01\x02"))
