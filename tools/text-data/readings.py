"""How Mandarin's characters and phrases are read, how syllables are said, and words with a tone of their own, for io.utter.text.zh."""

import ast
import json
import struct
import unicodedata

from packages import Package
from sovits import SOVITS_TEXT
from trie import trie

FIRST, LAST = 0x4E00, 0x9FA5
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def reading_files(pypinyin: Package, sovits: Package) -> dict[str, bytes]:
    phrases = {
        phrase: [with_number(readings[0]) for readings in characters]
        for phrase, characters in json.loads(pypinyin.read("pypinyin/phrases_dict.json")).items()
    }
    singles = {
        int(point): with_number(readings.split(",")[0])
        for point, readings in json.loads(pypinyin.read("pypinyin/pinyin_dict.json")).items()
        if FIRST <= int(point) <= LAST
    }
    syllables = sorted({*singles.values(), *(syllable for phrase in phrases.values() for syllable in phrase)})
    number = {syllable: i for i, syllable in enumerate(syllables)}
    index, keys = trie(phrases)
    offsets, values = [0], []
    for key in keys:
        values += (number[syllable] for syllable in phrases[key])
        offsets.append(len(values))
    characters = [number.get(singles.get(point), 0xFFFF) for point in range(FIRST, LAST + 1)]
    binary = index + struct.pack(f">{len(offsets)}i{len(values)}H{len(characters)}H", *offsets, *values, *characters)
    return {
        "readings.bin": binary,
        "syllables.txt": "".join(syllable + "\n" for syllable in syllables).encode(),
        "phones.txt": sovits.read(SOVITS_TEXT + "opencpop-strict.txt").replace(b"\r\n", b"\n"),
        "tone-words.txt": tone_words(sovits),
    }


def with_number(syllable: str) -> str:
    """hǎo to hao3; ü becomes v; what has no tone has the fifth."""
    letters, tone = "", "5"
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in TONES:
            tone = TONES[letter]
        else:
            letters += letter
    return unicodedata.normalize("NFC", letters).replace("ü", "v") + tone


def tone_words(sovits: Package) -> bytes:
    """Four lines of words: always with a neutral last tone, never, always with 儿 joined, never."""
    found = {}
    for file in ("tone_sandhi.py", "chinese2.py"):
        for statement in ast.walk(ast.parse(sovits.read(SOVITS_TEXT + file))):
            if isinstance(statement, ast.Assign):
                target = statement.targets[0]
                name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
                if name in ("must_neural_tone_words", "must_not_neural_tone_words", "must_erhua", "not_erhua"):
                    found[name] = sorted(ast.literal_eval(statement.value))
    names = ("must_neural_tone_words", "must_not_neural_tone_words", "must_erhua", "not_erhua")
    return "".join(" ".join(found[name]) + "\n" for name in names).encode()
