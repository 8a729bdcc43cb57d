"""Japanese: Open JTalk's dictionary and rules, GPT-SoVITS's additional words."""

import ast
import re

import mecab
from packages import Package, package
from sovits import SOVITS_TEXT

JTALK = "lib/open_jtalk/src/"
RULES = ["text2mecab", "njd_set_pronunciation", "njd_set_digit", "jpcommon"]
UNUSED_RULES = {"jpcommon_unvoice_list", "jpcommon_pos_list", "jpcommon_cform_list", "jpcommon_ctype_list", "njd_set_pronunciation_symbol_list"}

# What a word can consist of when it is looked up: JapaneseFrontEnd cuts at everything else, and WideText makes these of what is left.
REACHABLE_WORD = re.compile(r"[\u3005\u3040-\u30ff\u4e00-\u9fff\uff10-\uff19\uff41-\uff5a]+")

KATAKANA = 0x30A0


def files() -> dict[str, bytes]:
    """The files of the language's folder, by name."""
    jdic = package("open-jtalk-mecab-naist-jdic 1.11-3")
    rules = rule_tables(package("pyopenjtalk 0.4.1"))
    encoder = Encoder(native_counters=set(pairs(rules["njd_set_digit_rule_numerative_class3"])))
    kinds = mecab.Kinds()
    words = reachable(mecab.read_dictionary(jdic_file(jdic, "sys.dic")))
    return {
        "words.bin": mecab.lexicon(words, encoder.encode, kinds),
        "added-words.bin": mecab.lexicon(reachable(added_words(package("gpt-sovits-cpufast 0.1.0"))), encoder.encode, kinds),
        "characters.bin": mecab.characters(jdic_file(jdic, "char.bin"), jdic_file(jdic, "unk.dic"), encoder.encode, kinds),
        "connections.bin": kinds.connections(jdic_file(jdic, "matrix.bin")),
        "kinds.txt": kinds.descriptions(),
        "chain-rules.txt": "".join(rule + "\n" for rule in encoder.chain_rules).encode(),
        "rules.txt": "".join("\t".join([name, *cells]) + "\n" for name, cells in rules.items()).encode(),
    }


def jdic_file(jdic: Package, name: str) -> bytes:
    return jdic.read(next(path for path in jdic.names() if path.endswith("/" + name)))


def reachable(surfaces: dict[str, list[mecab.Token]]) -> dict[str, list[mecab.Token]]:
    return {surface: tokens for surface, tokens in surfaces.items() if REACHABLE_WORD.fullmatch(surface)}


def added_words(sovits: Package) -> dict[str, list[mecab.Token]]:
    """GPT-SoVITS's user dictionary as MeCab compiles it: rows of a surface in their order. A row that is repeated changes nothing."""
    surfaces: dict[str, list[mecab.Token]] = {}
    for line in sovits.read(SOVITS_TEXT + "ja_userdic/userdict.csv").decode().splitlines():
        surface, left, right, cost, *features = line.split(",")
        token = mecab.Token(context(left), context(right), 0, int(cost), ",".join(features))
        tokens = surfaces.setdefault(surface, [])
        if token not in tokens:
            tokens.append(token)
    return surfaces


def context(column: str) -> int:
    return 0 if column == "*" else int(column)


class Encoder:
    """Features as io.utter.text.ja.Dictionary reads them.

    Kind: part of speech and its three groups, and whether the word is in a continuative form, as text. Token: no bytes if the dictionary
    does not say how the word is read; else the number of its chain rule and, if it is one word, accent and moras and then its pronunciation
    until the end. If it is several words, the first byte has the top bit set, and every word follows: number of characters, accent, moras,
    number of characters of the pronunciation, these. Accents have the top bit set if the word is counted with native numerals. Katakana are
    numbered from U+30A0; 0x80 stands for the mark of an unvoiced vowel.
    """

    def __init__(self, native_counters: set[tuple[str, str]]):
        self.native_counters = native_counters
        self.chain_rules: list[str] = []

    def encode(self, surface: str, features: str) -> tuple[str, bytes]:
        columns = features.split(",")
        columns += [""] * (11 - len(columns))
        *groups, _, form, base, reading, pronunciation, accents, chain_rule = columns[:11]
        kind = ",".join([*groups, "continuative" if form.startswith("連用") else "*"])
        if "*" in accents or "/" not in accents:
            return kind, b""
        rule = self.rule(chain_rule or "*")
        parts = [list(map(int, part.split("/"))) for part in accents.split(":")]
        if len(parts) == 1:
            return kind, bytes([rule]) + self.spoken(surface, reading, pronunciation, *parts[0])
        surfaces = base.split(":")[: len(parts) - 1]
        surfaces.append(surface[len("".join(surfaces)) :])
        encoded = bytes([rule | 0x80])
        for part, said, sound, (accent, moras) in zip(surfaces, reading.split(":"), pronunciation.split(":"), parts, strict=True):
            spoken = self.spoken(part, said, sound, accent, moras)
            encoded += bytes([len(part)]) + spoken[:2] + bytes([len(spoken) - 2]) + spoken[2:]
        return kind, encoded

    def rule(self, chain_rule: str) -> int:
        if chain_rule not in self.chain_rules:
            self.chain_rules.append(chain_rule)
            assert len(self.chain_rules) <= 0x80
        return self.chain_rules.index(chain_rule)

    def spoken(self, surface: str, reading: str, pronunciation: str, accent: int, moras: int) -> bytes:
        assert accent < 0x80
        native = 0x80 if (surface, reading) in self.native_counters else 0
        return bytes([accent | native, moras]) + (b"" if pronunciation == "*" else sounds(pronunciation))


def sounds(pronunciation: str) -> bytes:
    """The rules stop at what is no katakana: a middle dot stands for that and for everything behind it."""
    said = re.match("[ァ-ヺー’]*", pronunciation).group()
    said += "・" if said != pronunciation else ""
    return bytes(0x80 if character == "’" else ord(character) - KATAKANA for character in said)


def rule_tables(pyopenjtalk: Package) -> dict[str, list[str]]:
    """The tables of the *_rule_utf_8.h headers, and the dictionary entries among their constants, by their names there."""
    tables: dict[str, list[str]] = {}
    for rules in RULES:
        header = pyopenjtalk.read(f"{JTALK}{rules}/{rules}_rule_utf_8.h").decode()
        header = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
        for name, value in re.findall(r'^#define (\w+) +("[^"\n]*,[^"\n]*")', header, re.MULTILINE):
            tables[name] = [ast.literal_eval(value)]
        for name, body in re.findall(r"static const char \*(?:const )?(\w+)\[\] = \{(.*?)\};", header, re.DOTALL):
            if name not in UNUSED_RULES:
                cells = re.findall(r'NULL|"(?:[^"\\]|\\.)*"', body)
                while cells[-1:] == ["NULL"]:
                    cells.pop()
                tables[name] = ["" if cell == "NULL" else ast.literal_eval(cell).replace("\0", "") for cell in cells]
    return tables


def pairs(cells: list[str]) -> list[tuple[str, str]]:
    return list(zip(cells[::2], cells[1::2], strict=True))
