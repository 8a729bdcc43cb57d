#!/usr/bin/env python3
"""Writes the phones that upstream's chinese2.py gives lines of the Mandarin golden file with g2pW, but for its network, whose weights are in no package.

    pip install jieba_fast==0.53 opencc==1.4.2 pypinyin==0.55.0
    g2pw_phones.py unpacked-wheel/GPT_SoVITS/text zh.jsonl src/test/resources/golden/g2pw

The wheel is gpt-sovits-cpufast 0.1.0: its sandhi, erhua and phones are upstream's, as the lines without g2pW show; its way through g2pW is not, and is here as
upstream has it. A rule stands for the network: of the labels that a character may have, that of the number position modulo count. The lists are those that
g2pw_golden.py writes. Every line is also read without g2pW, which must give the phones that the golden file has; lines for which upstream fails are left out.
"""

import ast
import importlib.util
import json
import re
import sys
from pathlib import Path

import jieba_fast.posseg
import opencc
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.contrib.tone_convert import to_finals_tone3, to_initials

CONTEXT = 16
NOT_ASKED = set("一不和咋嗲剖差攢倒難奔勁拗肖瘙誒泊听噢")
NOT_BELIEVED = set("似攢")
LOST = "\n唑: ['zuo4']"  # from the package


class Upstream:
    def __init__(self, text: Path, lists: Path):
        spec = importlib.util.spec_from_file_location("tone_sandhi", text / "tone_sandhi.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.sandhi = module.ToneSandhi()
        rows = (line.split("\t") for line in (text / "opencpop-strict.txt").read_text().splitlines())
        names = {"punctuation": list("!?…,.-"), "pinyin_to_symbol_map": {row[0]: row[1].strip() for row in rows}}
        wanted = {"_merge_erhua", "_map_initial_final_to_phones", "must_erhua", "not_erhua"}
        for statement in parsed(text / "chinese2.py"):
            if getattr(statement, "name", None) in wanted or getattr(getattr(statement, "targets", [None])[0], "id", None) in wanted:
                exec(compile(ast.Module([statement], []), "chinese2.py", "exec"), names)
        self.erhua, self.phones_of = names["_merge_erhua"], names["_map_initial_final_to_phones"]
        strings = {}
        for statement in parsed(text / "zh_normalization/char_convert.py"):
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                strings[statement.targets[0].id] = statement.value.value
        self.simplified = dict(zip(strings["traditional_characters"], strings["simplified_charcters"]))
        self.words = {}
        for file, end in (("polyphonic.rep", ""), ("polyphonic-fix.rep", LOST)):
            for line in ((text / "g2pw" / file).read_text(encoding="utf-8") + end).split("\n"):
                word, colon, syllables = line.partition(":")
                if colon:
                    self.words[word.strip()] = ast.literal_eval(syllables.strip())
        polyphonic = pairs(lists / "POLYPHONIC_CHARS.txt")
        self.single = {char: reading for char, reading in pairs(lists / "MONOPHONIC_CHARS.txt") if char not in NOT_BELIEVED}
        self.labels = sorted({reading for _, reading in polyphonic})
        self.allowed = {}
        for char, reading in polyphonic:
            self.allowed.setdefault(char, set()).add(self.labels.index(reading))
        self.bopomofo = json.loads((lists / "bopomofo_to_pinyin_wo_tune_dict.json").read_text(encoding="utf-8"))
        self.taiwan = opencc.OpenCC("s2tw").convert

    def spelled(self, reading: str):
        found = self.bopomofo.get(reading[:-1])
        return found + reading[-1] if found else None

    def chosen(self, sentence: str) -> list:
        text = self.taiwan(sentence)
        read = [syllable[0] for syllable in pinyin("".join(self.simplified.get(c, c) for c in text), neutral_tone_with_five=True, style=Style.TONE3)]
        asked = [i for i, char in enumerate(text) if char in self.allowed and char not in NOT_ASKED]
        for i, char in enumerate(text):
            if i in asked:
                labels = sorted(self.allowed[char])
                position = i - max(0, asked[0] - CONTEXT) + 1
                read[i] = self.spelled(self.labels[labels[position % len(labels)]])
            elif char in self.single:
                read[i] = self.spelled(self.single[char])
        return read

    def corrected(self, word: str, read: list) -> list:
        if word in self.words:
            return self.words[word]
        return [self.words[char][0] if char in self.words else syllable for char, syllable in zip(word, read)]

    def phones(self, text: str, with_g2pw: bool) -> tuple[list, list]:
        phones, counts = [], []
        for sentence in re.split(r"(?<=[!?…,.-])", text):
            if not sentence:
                continue
            read = self.chosen(sentence) if with_g2pw else []
            at = 0
            for word, pos in self.sandhi.pre_merge_for_modify(jieba_fast.posseg.lcut(sentence)):
                if with_g2pw:
                    syllables = self.corrected(word, read[at : at + len(word)])
                    initials = [to_initials(s) if s[0].isalpha() else s for s in syllables]
                    finals = [to_finals_tone3(s, neutral_tone_with_five=True) if s[0].isalpha() else s for s in syllables]
                else:
                    initials = lazy_pinyin(word, neutral_tone_with_five=True, style=Style.INITIALS)
                    finals = lazy_pinyin(word, neutral_tone_with_five=True, style=Style.FINALS_TONE3)
                at += len(word)
                finals = self.sandhi.modified_tone(word, pos, finals)
                for initial, final in zip(*self.erhua(initials, finals, word, pos)):
                    said = self.phones_of(initial, final, sentence)
                    phones += said
                    counts.append(len(said))
        return phones, counts


def parsed(file: Path) -> list:
    return ast.parse(file.read_text(encoding="utf-8")).body


def pairs(file: Path) -> list:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def main(text: Path, source: Path, lists: Path) -> None:
    upstream = Upstream(text, lists)
    lines = same = failed = 0
    with (lists / "phones.jsonl").open("w", encoding="utf-8") as out:
        for line in source.open(encoding="utf-8"):
            golden = json.loads(line)
            if [segment["lang"] for segment in golden["segments"] or []] != ["zh"] or not golden.get("norm"):
                continue
            lines += 1
            try:
                if upstream.phones(golden["norm"], False)[0] != golden["phones"]:
                    continue
                same += 1
                phones, counts = upstream.phones(golden["norm"], True)
            except (IndexError, AssertionError):
                failed += 1
                continue
            out.write(json.dumps({"text": golden["norm"], "phones": " ".join(phones), "word2ph": counts}, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{lines} lines, {same} as the golden file has them without g2pW, upstream fails for {failed}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
