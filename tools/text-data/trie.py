"""Writes the tries that io.utter.text.table.Trie walks; the format is described there."""

import struct
import sys
from array import array
from collections.abc import Iterable


def trie(keys: Iterable[str]) -> tuple[bytes, list[str]]:
    """The file, and the keys in the order of their numbers."""
    units = sorted({tuple(array("H", key.encode("utf-16-" + sys.byteorder[0] + "e"))) for key in keys})
    first_children = array("i")
    characters = array("H", [0])
    ends = [False]
    numbered = []
    # A node is a range of sorted keys that share their first `depth` characters; a level holds the ranges of one depth.
    level = [(0, len(units))]
    depth = 0
    nodes = 1
    while level:
        below = []
        for start, stop in level:
            node = len(first_children)
            first_children.append(nodes)
            if start < stop and len(units[start]) == depth:
                ends[node] = True
                numbered.append(units[start])
                start += 1
            while start < stop:
                character = units[start][depth]
                last = start
                while last < stop and units[last][depth] == character:
                    last += 1
                characters.append(character)
                ends.append(False)
                below.append((start, last))
                nodes += 1
                start = last
        level = below
        depth += 1
    first_children.append(nodes)
    words = []
    for at in range(0, nodes, 64):
        words.append(sum(1 << bit for bit, end in enumerate(ends[at : at + 64]) if end))
    before = []
    total = 0
    for word in words:
        before.append(total)
        total += word.bit_count()
    file = (
        struct.pack(">ii", nodes, total)
        + big_endian(first_children)
        + big_endian(characters)
        + struct.pack(f">{len(words)}Q{len(words)}i", *words, *before)
    )
    return file, [array("H", key).tobytes().decode("utf-16-" + sys.byteorder[0] + "e") for key in numbered]


def big_endian(numbers: array) -> bytes:
    if sys.byteorder == "little":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()
