"""Makes events.bin: the TensorBoard events that EventFileTest writes, put together without the project.

    python3 make_events.py        (only Python's own library)

Framing: TensorFlow's tfrecord. Messages: its event.proto and summary.proto. CRC32C bit by bit, from
its polynomial.
"""
import struct
from pathlib import Path


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283  # the check value of the catalogues


def masked(data):
    crc = crc32c(data)
    return struct.pack("<I", (crc >> 15 | crc << 17) + 0xA282EAD8 & 0xFFFFFFFF)


def record(data):
    length = struct.pack("<Q", len(data))
    return length + masked(length) + data + masked(data)


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def double(field, value):
    return varint(field << 3 | 1) + struct.pack("<d", value)


def block(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def single(field, value):
    return varint(field << 3 | 5) + struct.pack("<f", value)


def event(step, content):
    return record(double(1, 1700000000.25) + number(2, step) + content)


def scalar(tag, value):
    return block(1, block(1, tag) + single(2, value))


Path(__file__).with_name("events.bin").write_bytes(
    event(0, block(3, b"brain.Event:2"))
    + event(100, block(5, scalar(b"loss/l1", 0.5) + scalar(b"rate/rate", 2e-4)))
    + event(70000, block(5, scalar(b"loss/l1", float("nan"))))
)
