"""Cantonese: words and how each of their characters is read, from ToJyutping."""

import struct

from packages import package
from trie import trie

# A syllable's number is onset * 402 + rhyme * 6 + tone - 1.
ONSETS = ["", *"b p m f d t n l g k ng gw kw w h z c s j".split()]
NUCLEI = "aa a e i o u".split()
CODAS = ["", *"i u m n ng p t k".split()]
OTHER_RHYMES = "oe oen oeng oet oek eoi eon eot yu yun yut m ng".split()
RHYMES = [nucleus + coda for nucleus in NUCLEI for coda in CODAS] + OTHER_RHYMES
FIRST_DIGIT = ord("!")
BASE = 90


def files() -> dict[str, bytes]:
    words = first_readings(package("ToJyutping 3.2.0").read("ToJyutping/trie.txt").decode())
    index, keys = trie(words)
    offsets, readings = [0], bytearray()
    for key in keys:
        readings += " ".join("+".join(syllables) for syllables in words[key]).encode() + b" "
        offsets.append(len(readings))
    return {"words.bin": index + struct.pack(f">{len(offsets)}i", *offsets) + bytes(readings)}


def first_readings(text: str) -> dict[str, list[list[str]]]:
    """Words to the syllables of each character. The text is a tree: characters, two digits a syllable, braces around what goes on from there."""
    words: dict[str, list[list[str]]] = {}
    stack = [""]
    at = 1
    while stack:
        word = stack[-1]
        while ord(text[at]) >= 256:
            word += text[at]
            at += 1
        while ord(text[at]) < ord("{"):
            reading: list[list[str]] = [[] for _ in word]
            character = 0
            while character < len(word):
                reading[character].append(syllable((ord(text[at]) - FIRST_DIGIT) * BASE + ord(text[at + 1]) - FIRST_DIGIT))
                at += 2
                if text[at] == "~":  # one more syllable for the same character
                    at += 1
                else:
                    character += 1
            words.setdefault(word, reading)
        if text[at] == "{":
            stack.append(word)
            at += 1
        elif text[at] == "}":
            stack.pop()
            at += 1
    return words


def syllable(number: int) -> str:
    onset, rest = divmod(number, 402)
    rhyme, tone = divmod(rest, 6)
    return f"{ONSETS[onset]}{RHYMES[rhyme]}{tone + 1}"
