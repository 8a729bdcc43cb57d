"""English: dictionary, names, homographs, the network for unknown words, part-of-speech tagger, costs of words."""

import io
import math
import re
import struct
import zipfile

from keyed_table import keyed_table
from packages import Package, package
from pickles import read_pickle
from sovits import SOVITS_TEXT, symbol_list

# Everything a word can consist of once EnglishNormalizer is done with the text, in lower case.
REACHABLE_WORD = re.compile(r"[a-z'.-]*[a-z][a-z'.-]*")
CMUDICT_FIRST_LINE = 57
WRONG_ABBREVIATIONS = ["ae", "ai", "ar", "ios", "hud", "os"]
CORRECTED_HOMOGRAPHS = {
    "read": ("R IY1 D", "R EH1 D", "VBP"),
    "complex": ("K AH0 M P L EH1 K S", "K AA1 M P L EH0 K S", "JJ"),
}


def files() -> dict[str, bytes]:
    """The files of the language's folder, by name."""
    sovits = package("gpt-sovits-cpufast 0.1.0")
    symbols = symbol_list(sovits)
    words = pronunciations(sovits)
    names = {name: phones[0] for name, phones in read_pickle(sovits.read(SOVITS_TEXT + "namedict_cache.pickle")).items()}
    return {
        "words.bin": phone_table(words, symbols),
        "names.bin": phone_table({name: phones for name, phones in names.items() if name not in words}, symbols),
        "homographs.bin": homographs(package("g2p_en 2.1.0")),
        "spelling-model.bin": spelling_model(package("g2p_en 2.1.0")),
        **tagger(package("textblob-aptagger 0.2.0")),
        "word-costs.bin": word_costs(package("zxcvbn 4.5.0")),
    }


def pronunciations(sovits: Package) -> dict[str, list[str]]:
    """Words in lower case to phones: cmudict.rep, then words only cmudict-fast.rep has, then upstream's corrections."""
    words: dict[str, list[str]] = {}
    for line in sovits.read(SOVITS_TEXT + "cmudict.rep").decode("latin-1").splitlines()[CMUDICT_FIRST_LINE - 1 :]:
        word, phones = line.strip().split("  ")[:2]
        words[word.lower()] = phones.split(" ")
    for line in sovits.read(SOVITS_TEXT + "cmudict-fast.rep").decode("latin-1").splitlines():
        word, *phones = line.strip().split(" ")
        words.setdefault(word.lower(), phones)
    for line in sovits.read(SOVITS_TEXT + "engdict-hot.rep").decode().splitlines():
        word, *phones = line.strip().split(" ")
        words[word.lower()] = phones
    for word in WRONG_ABBREVIATIONS:
        del words[word]
    return {word: phones for word, phones in words.items() if REACHABLE_WORD.fullmatch(word)}


def phone_table(words: dict[str, list[str]], symbols: list[str]) -> bytes:
    """Phones as one-byte ids; what is no phone (remarks such as "# foreign french") is left out, as upstream does in the end."""
    ids = {symbol: i for i, symbol in enumerate(symbols[:256])}
    return keyed_table({word: bytes(ids[phone] for phone in phones if phone in ids) for word, phones in words.items()})


def homographs(g2p_en: Package) -> bytes:
    """Words to text: phones if the part of speech starts with the tag|phones otherwise|tag."""
    lines = g2p_en.read("g2p_en/homographs.en").decode().splitlines()
    rows = {row[0].lower(): tuple(row[1:]) for row in (line.strip().split("|") for line in lines if not line.startswith("#"))}
    rows |= CORRECTED_HOMOGRAPHS
    return keyed_table({word: "|".join(row).encode() for word, row in rows.items()})


def spelling_model(g2p_en: Package) -> bytes:
    """Every array of the checkpoint in the order SpellingModel reads them, big-endian float32."""
    order = "enc_emb enc_w_ih enc_b_ih enc_w_hh enc_b_hh dec_emb dec_w_ih dec_b_ih dec_w_hh dec_b_hh fc_w fc_b".split()
    arrays = zipfile.ZipFile(io.BytesIO(g2p_en.read("g2p_en/checkpoint20.npz")))
    return b"".join(float32(arrays.read(name + ".npy")) for name in order)


def float32(npy: bytes) -> bytes:
    header_length = struct.unpack("<H", npy[8:10])[0]
    header = npy[10 : 10 + header_length]
    assert npy[:8] == b"\x93NUMPY\x01\x00" and b"'<f4'" in header and b"'fortran_order': False" in header
    data = npy[10 + header_length :]
    return struct.pack(f">{len(data) // 4}f", *struct.unpack(f"<{len(data) // 4}f", data))


def tagger(aptagger: Package) -> dict[str, bytes]:
    weights, fixed, classes = read_pickle(aptagger.read("textblob_aptagger/trontagger-0.1.0.pickle"))
    tags = sorted(classes)
    rows = {}
    for feature, by_tag in weights.items():
        rows[feature] = b"".join(bytes([tags.index(tag)]) + varint(thousandths(by_tag[tag])) for tag in sorted(by_tag))
    return {
        "tags.txt": ("\n".join(tags) + "\n").encode(),
        "tags-of-words.bin": keyed_table({word: bytes([tags.index(tag)]) for word, tag in fixed.items()}),
        "tagger-weights.bin": keyed_table({feature: row for feature, row in rows.items() if row}),
    }


def thousandths(weight: float) -> int:
    units = round(weight * 1000)
    assert units / 1000 == weight
    return units


def varint(number: int) -> bytes:
    zigzag = number << 1 if number >= 0 else (-number << 1) - 1
    out = bytearray()
    while zigzag > 0x7F:
        out.append(zigzag & 0x7F | 0x80)
        zigzag >>= 7
    out.append(zigzag)
    return bytes(out)


# Word frequencies by rank, and how much each list counts. People's names weigh little beside words.
LISTS = {"english_wikipedia": 0.5, "us_tv_and_film": 0.5, "female_names": 0.1, "male_names": 0.1, "surnames": 0.1}
RANKS = {"english_wikipedia": 30000, "us_tv_and_film": 30000, "female_names": 10000, "male_names": 10000, "surnames": 10000}
# Short words turn up inside others by chance: what they cost at least, by length.
LEAST_COST = {1: 4.5, 2: 5.2, 3: 3.0}
COST_UNITS = 20


def word_costs(zxcvbn: Package) -> bytes:
    """What a word costs when a longer one is taken apart: -log10 of its probability by Zipf's law, in twentieths, one byte."""
    source = zxcvbn.read("zxcvbn/frequency_lists.py").decode()
    probability: dict[str, float] = {}
    for name, weight in LISTS.items():
        words = re.search(f'"{name}": "([^"]*)"', source).group(1).split(",")
        for rank, word in enumerate(words, 1):
            if re.fullmatch("[a-z]+", word) and (len(word) > 1 or word in "ai"):
                probability[word] = probability.get(word, 0) + weight / (rank * math.log(RANKS[name]))
    costs = {word: max(-math.log10(p), LEAST_COST.get(len(word), 0)) for word, p in probability.items()}
    return keyed_table({word: bytes([min(255, round(cost * COST_UNITS))]) for word, cost in costs.items()})
