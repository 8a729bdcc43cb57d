"""jieba's dictionary and hidden Markov models, for io.utter.text.zh.jieba; the formats are described there."""

import ast
import struct
from array import array

from packages import Package
from trie import big_endian, trie

POSITIONS = "BMES"
IMPOSSIBLE = float("-inf")
UNSEEN = -3.14e100


def jieba_files(jieba: Package) -> dict[str, bytes]:
    return {"jieba/words.bin": words(jieba), "jieba/tagging-model.bin": tagging_model(jieba), "jieba/cutting-model.bin": cutting_model(jieba)}


def words(jieba: Package) -> bytes:
    """The trie of all words, then int[keys] frequency and byte[keys] tag, then the tags' names, each one line."""
    rows = {}
    for line in jieba.read("jieba_fast/dict.txt").decode().splitlines():
        word, frequency, tag = line.strip().split(" ")
        rows[word] = (int(frequency), tag)
    tags = sorted({tag for _, tag in rows.values()})
    index, keys = trie(rows)
    frequencies = array("i", (rows[key][0] for key in keys))
    return index + big_endian(frequencies) + bytes(tags.index(rows[key][1]) for key in keys) + "\n".join(tags).encode()


def table(jieba: Package, path: str):
    for statement in ast.parse(jieba.read("jieba_fast/" + path)).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "P":
            return ast.literal_eval(statement.value)
    raise ValueError(path)


def tagging_model(jieba: Package) -> bytes:
    """int states; for each its position (0 B, 1 M, 2 E, 3 S), the length of its tag and the tag, a byte each; double[states] start;
    double[states][states] transitions, NaN where there is none; int characters; char[] in order; int[characters + 1] first entry of each;
    short[] entries: state, with 0x4000 added if the character may have it; double[] emissions."""
    start, transitions = table(jieba, "posseg/prob_start.py"), table(jieba, "posseg/prob_trans.py")
    emissions, allowed = table(jieba, "posseg/prob_emit.py"), table(jieba, "posseg/char_state_tab.py")
    states = sorted(set(start) | set(transitions))
    number = {state: i for i, state in enumerate(states)}
    out = bytearray(struct.pack(">i", len(states)))
    for position, tag in states:
        out += bytes([POSITIONS.index(position), len(tag)]) + tag.encode()
    out += struct.pack(f">{len(states)}d", *(start[state] for state in states))
    for state in states:
        row = transitions.get(state, {})
        out += struct.pack(f">{len(states)}d", *(row.get(following, float("nan")) for following in states))
    entries: dict[str, dict[int, float]] = {}
    for state, row in emissions.items():
        for character, value in row.items():
            entries.setdefault(character, {})[number[state]] = value
    characters = sorted(character for character in set(entries) | set(allowed) if "一" <= character <= "\u9fd5")
    firsts, short, values = array("i"), array("h"), []
    for character in characters:
        firsts.append(len(short))
        may = {number[state] for state in allowed.get(character, ())}
        found = entries.get(character, {})
        for state in sorted(may | set(found)):
            short.append(state | (0x4000 if state in may else 0))
            values.append(found.get(state, UNSEEN))
    firsts.append(len(short))
    out += struct.pack(">i", len(characters)) + "".join(characters).encode("utf-16-be") + big_endian(firsts) + big_endian(short)
    return bytes(out) + struct.pack(f">{len(values)}d", *values)


def cutting_model(jieba: Package) -> bytes:
    """double[4] start; double[4][4] transitions; int characters; char[] in order; double[characters][4] emissions. States B, M, E, S."""
    start, transitions = table(jieba, "finalseg/prob_start.py"), table(jieba, "finalseg/prob_trans.py")
    emissions = table(jieba, "finalseg/prob_emit.py")
    out = struct.pack(">4d", *(start[s] for s in POSITIONS))
    out += struct.pack(">16d", *(transitions[a].get(b, UNSEEN) for a in POSITIONS for b in POSITIONS))
    characters = sorted(c for c in set().union(*emissions.values()) if "一" <= c <= "\u9fd5")
    out += struct.pack(">i", len(characters)) + "".join(characters).encode("utf-16-be")
    return out + b"".join(struct.pack(">4d", *(emissions[s].get(c, UNSEEN) for s in POSITIONS)) for c in characters)
