"""Takes compiled MeCab dictionaries apart and writes them the way io.utter.text.mecab reads them; the format is described there."""

import struct
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from trie import big_endian, trie

HEADER = 72
TOKEN = struct.Struct("<HHHhII")


@dataclass(frozen=True)
class Token:
    """One reading of a surface: what MeCab connects it by, what it costs, and its features as the dictionary spells them."""

    left: int
    right: int
    part_of_speech: int
    cost: int
    features: str


def read_dictionary(dic: bytes) -> dict[str, list[Token]]:
    """Surfaces of a sys.dic, user.dic or unk.dic with their tokens, in MeCab's order."""
    trie_size, token_size = struct.unpack_from("<II", dic, 24)
    units = array("i", dic[HEADER : HEADER + trie_size])
    if sys.byteorder == "big":
        units.byteswap()
    tokens_at = HEADER + trie_size
    features_at = tokens_at + token_size

    # Darts: the unit at p belongs to the node whose base is check[p]; its character is p - base - 1, and p = base ends a key.
    children: dict[int, list[int]] = {}
    for p in range(1, len(units) // 2):
        parent = units[2 * p + 1]
        if parent or units[2 * p]:
            children.setdefault(parent, []).append(p)

    surfaces: dict[str, list[Token]] = {}
    stack = [(units[0], b"")]
    while stack:
        base, prefix = stack.pop()
        for p in children.get(base, []):
            if p == base:
                value = -units[2 * p] - 1
                first, count = value >> 8, value & 0xFF
                surfaces[prefix.decode()] = [read_token(dic, tokens_at + TOKEN.size * (first + i), features_at) for i in range(count)]
            elif base < p <= base + 256:
                stack.append((units[2 * p], prefix + bytes([p - base - 1])))
    return surfaces


def read_token(dic: bytes, at: int, features_at: int) -> Token:
    left, right, part_of_speech, cost, feature, _ = TOKEN.unpack_from(dic, at)
    start = features_at + feature
    return Token(left, right, part_of_speech, cost, dic[start : dic.index(b"\0", start)].decode())


def lexicon(surfaces: dict[str, list[Token]], encode: Callable[[str, str], bytes], space_penalty: Callable[[int], int] = lambda _: 0) -> bytes:
    """A lexicon file. `encode` turns a surface and the features of one of its tokens into the bytes the language's front end reads."""
    index, keys = trie(surfaces)
    first, left, right, cost, penalty, feature = array("i"), array("H"), array("H"), array("h"), array("h"), array("i")
    pool = bytearray()
    seen: dict[bytes, int] = {}
    for key in keys:
        first.append(len(left))
        for token in surfaces[key]:
            left.append(token.left)
            right.append(token.right)
            cost.append(token.cost)
            penalty.append(space_penalty(token.part_of_speech))
            features = encode(key, token.features)
            if features not in seen:
                seen[features] = len(pool)
                pool += varint(len(features)) + features
            feature.append(seen[features])
    first.append(len(left))
    arrays = [first, feature, left, right, cost, penalty]
    return index + struct.pack(">i", len(left)) + b"".join(map(big_endian, arrays)) + bytes(pool)


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def connections(matrix: bytes) -> bytes:
    """matrix.bin in the other byte order: two short sizes (left, right), then costs, the left context running faster."""
    numbers = array("H", matrix)
    if sys.byteorder == "big":
        numbers.byteswap()
    return big_endian(numbers)


def characters(char_bin: bytes, unk_dic: bytes, encode: Callable[[str, str], bytes], space_penalty: Callable[[int], int] = lambda _: 0) -> bytes:
    """Classes of characters, and the tokens of unknown words: int number of classes, int[65536] of char.bin, a lexicon of the classes' names,
    and before it int[number] the key of each class in that lexicon."""
    (count,) = struct.unpack_from("<i", char_bin, 0)
    names = [char_bin[4 + 32 * i : 36 + 32 * i].split(b"\0")[0].decode() for i in range(count)]
    table = array("I", char_bin[4 + 32 * count :])
    if sys.byteorder == "big":
        table.byteswap()
    while len(table) < 0x10000:
        table.append(table[0])
    unknown = lexicon(read_dictionary(unk_dic), encode, space_penalty)
    _, keys = trie(read_dictionary(unk_dic))
    return struct.pack(f">i{count}i", count, *(keys.index(name) for name in names)) + big_endian(table[:0x10000]) + unknown
