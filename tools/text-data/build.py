#!/usr/bin/env python3
"""Builds the tables of the text front end from published packages. See README.md beside this file.

    build.py [language code ...]     all languages if none is named

Runs nothing of what it downloads: archives are only read, and pickles are read without the power to name a function.
"""

import sys
from pathlib import Path

import cantonese
import english
import japanese
import korean
import mandarin
import mixed
from packages import package
from sovits import symbol_list

RESOURCES = Path(__file__).resolve().parents[2] / "src/main/resources/io/utter/text"
LANGUAGES = {"en": english, "zh": mandarin, "ja": japanese, "ko": korean, "yue": cantonese, "mixed": mixed}


def main(codes: list[str]) -> None:
    symbols = symbol_list(package("gpt-sovits-cpufast 0.1.0"))
    rows = [" ".join(symbols[i : i + 20]) + "\n" for i in range(0, len(symbols), 20)]
    (RESOURCES / "symbols.txt").write_text("".join(rows), encoding="utf-8")
    for code in codes or LANGUAGES:
        folder = RESOURCES / code
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in LANGUAGES[code].files().items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
