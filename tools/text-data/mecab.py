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


# What a language keeps of a token, from its surface and the features as the dictionary spells them: what all tokens of its kind share (the
# line that describes the kind), and the bytes its front end reads for this token alone.
Encode = Callable[[str, str], tuple[str, bytes]]

WORDS_PER_BLOCK = 16


class Kinds:
    """Numbers for tokens that connect alike and are described alike, in all lexicons of a language. Number 0 is the boundary of a text."""

    def __init__(self, space_penalty: Callable[[int], int] = lambda part_of_speech: 0):
        self.space_penalty = space_penalty
        self.numbers: dict[tuple[int, int, int, str], int] = {(0, 0, 0, ""): 0}

    def number(self, token: Token, description: str) -> int:
        return self.numbers.setdefault((token.left, token.right, self.space_penalty(token.part_of_speech), description), len(self.numbers))

    def descriptions(self) -> bytes:
        """A line for every kind, in the order of their numbers; the first is empty."""
        return "".join(description + "\n" for *_, description in self.numbers).encode()

    def connections(self, matrix: bytes) -> bytes:
        """The file of connections, once every lexicon is made: the kinds, then matrix.bin in the other byte order."""
        lefts, rights, penalties, _ = zip(*self.numbers)
        costs = array("H", matrix)
        if sys.byteorder == "big":
            costs.byteswap()
        kinds = [array("H", lefts), array("H", rights), array("h", penalties)]
        return struct.pack(">i", len(self.numbers)) + b"".join(map(big_endian, kinds)) + big_endian(costs)


def lexicon(surfaces: dict[str, list[Token]], encode: Encode, kinds: Kinds) -> bytes:
    """A lexicon file."""
    index, keys = trie(surfaces)
    block_tokens, block_features, counts, kind, cost = array("i"), array("i"), bytearray(), array("H"), array("h")
    pool = bytearray()
    for number, key in enumerate(keys):
        if number % WORDS_PER_BLOCK == 0:
            block_tokens.append(len(kind))
            block_features.append(len(pool))
        counts.append(len(surfaces[key]))
        for token in surfaces[key]:
            description, features = encode(key, token.features)
            kind.append(kinds.number(token, description))
            cost.append(token.cost)
            pool += varint(len(features)) + features
    arrays = [big_endian(block_tokens), big_endian(block_features), bytes(counts), big_endian(kind), big_endian(cost)]
    return index + struct.pack(">i", len(kind)) + b"".join(arrays) + bytes(pool)


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def characters(char_bin: bytes, unk_dic: bytes, encode: Encode, kinds: Kinds) -> bytes:
    """Classes of characters, and the tokens of unknown words: int number of classes, int[65536] of char.bin, a lexicon of the classes' names,
    and before it int[number] the key of each class in that lexicon."""
    (count,) = struct.unpack_from("<i", char_bin, 0)
    names = [char_bin[4 + 32 * i : 36 + 32 * i].split(b"\0")[0].decode() for i in range(count)]
    table = array("I", char_bin[4 + 32 * count :])
    if sys.byteorder == "big":
        table.byteswap()
    while len(table) < 0x10000:
        table.append(table[0])
    unknown = lexicon(read_dictionary(unk_dic), encode, kinds)
    _, keys = trie(read_dictionary(unk_dic))
    return struct.pack(f">i{count}i", count, *(keys.index(name) for name in names)) + big_endian(table[:0x10000]) + unknown
