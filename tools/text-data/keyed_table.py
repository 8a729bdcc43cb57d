"""Writes the sorted tables that io.utter.text.table.KeyedTable searches; the format is described there."""

import struct

ENTRIES_PER_BLOCK = 16


def keyed_table(entries: dict[str, bytes]) -> bytes:
    rows = sorted((key.encode(), value) for key, value in entries.items())
    blocks = [rows[i : i + ENTRIES_PER_BLOCK] for i in range(0, len(rows), ENTRIES_PER_BLOCK)]
    header = 4 + 4 * len(blocks)
    body = bytearray()
    offsets = []
    for block in blocks:
        offsets.append(header + len(body))
        previous = b""
        for key, value in block:
            shared = common_prefix(previous, key)
            suffix = key[shared:]
            body += bytes([shared, len(suffix)]) + suffix + bytes([len(value)]) + value
            previous = key
    return struct.pack(f">{1 + len(blocks)}i", len(blocks), *offsets) + bytes(body)


def common_prefix(a: bytes, b: bytes) -> int:
    length = 0
    while length < min(len(a), len(b)) and a[length] == b[length]:
        length += 1
    return length
