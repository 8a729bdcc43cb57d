#!/usr/bin/env python3
"""Writes what g2pW's own package (PyPI g2pw 0.1.2) gives its network for lines of the Mandarin golden file, and what OpenCC makes of them.

    pip install g2pw==0.1.2 --no-deps opencc==1.4.2
    g2pw_golden.py zh.jsonl src/test/resources/golden/g2pw

The weights are in no package, and of upstream's lists of characters the licence is not known: here characters with several readings in the package's
own table are polyphones, and the vocabulary is the lines' characters. The package takes tensors of PyTorch, which lists stand for.
"""

import importlib.util
import json
import sys
import types
from pathlib import Path

import opencc

CONTEXT = 16  # GPT-SoVITS's, which the package knows nothing of
NOT_ASKED = set("一不和咋嗲剖差攢倒難奔勁拗肖瘙誒泊听噢")


def main(source: Path, target: Path) -> None:
    package = Path(importlib.util.find_spec("g2pw").submodule_search_locations[0])
    torch = types.ModuleType("torch")
    torch.tensor = list
    for name, module in {"torch": torch, "torch.utils": types.ModuleType("torch.utils"), "torch.utils.data": types.ModuleType("torch.utils.data"),
                         "torch.nn": types.ModuleType("torch.nn"), "torch.nn.utils": types.ModuleType("torch.nn.utils"),
                         "torch.nn.utils.rnn": types.ModuleType("torch.nn.utils.rnn")}.items():
        sys.modules[name] = module
    sys.modules["torch.utils.data"].Dataset = object
    sys.modules["torch.nn.utils.rnn"].pad_sequence = None
    g2pw = types.ModuleType("g2pw")  # its __init__ wants all of PyTorch
    g2pw.__path__ = [str(package)]
    sys.modules["g2pw"] = g2pw
    from g2pw.dataset import TextDataset, get_phoneme_labels

    convert = opencc.OpenCC("s2tw").convert
    texts = []
    for line in source.open(encoding="utf-8"):
        read = json.loads(line)
        if [segment["lang"] for segment in read["segments"] or []] == ["zh"] and read.get("norm"):
            texts.append(read["norm"])
    texts = list(dict.fromkeys(texts))[:400]
    texts.append("行" + "长江" * 300 + "重")  # more than the network can see at once
    traditional = [convert(text) for text in texts]
    used = sorted(set("".join(traditional)))

    table = json.loads((package / "char_bopomofo_dict.json").read_text(encoding="utf-8"))
    pinyin = json.loads((package / "bopomofo_to_pinyin_wo_tune_dict.json").read_text(encoding="utf-8"))
    readings = {char: [reading for reading in table[char] if reading[:-1] in pinyin] for char in used if char in table}
    polyphonic = [[char, reading] for char in used for reading in readings.get(char, []) if len(readings[char]) > 1]
    monophonic = [[char, readings[char][0]] for char in used if len(readings.get(char, [])) == 1]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *used[: len(used) * 9 // 10]]
    ids = {token: number for number, token in enumerate(vocabulary)}

    class Tokenizer:
        def tokenize(self, text):
            return [char if char in ids else "[UNK]" for char in text if not char.isspace()]

        def convert_tokens_to_ids(self, tokens):
            return [ids[token] for token in tokens]

    labels, char2phonemes = get_phoneme_labels(polyphonic)
    chars = sorted(char2phonemes)
    target.mkdir(parents=True, exist_ok=True)
    (target / "POLYPHONIC_CHARS.txt").write_text("".join("\t".join(pair) + "\n" for pair in polyphonic), encoding="utf-8")
    (target / "MONOPHONIC_CHARS.txt").write_text("".join("\t".join(pair) + "\n" for pair in monophonic), encoding="utf-8")
    (target / "vocab.txt").write_text("".join(token + "\n" for token in vocabulary), encoding="utf-8")
    (target / "bopomofo_to_pinyin_wo_tune_dict.json").write_text(json.dumps(pinyin, ensure_ascii=False), encoding="utf-8")
    with (target / "queries.jsonl").open("w", encoding="utf-8") as out:
        for text, converted in zip(texts, traditional):
            asked = [i for i, char in enumerate(converted) if char in char2phonemes and char not in NOT_ASKED]
            queries = []
            if asked:
                start = max(0, asked[0] - CONTEXT)
                seen = converted[start : asked[-1] + CONTEXT + 1]
                data = TextDataset(Tokenizer(), labels, char2phonemes, chars, [seen] * len(asked), [i - start for i in asked], use_mask=True, for_train=False)
                for i, query in zip(asked, range(len(asked))):
                    given = data[query]
                    queries.append({"at": i, "tokens": given["input_ids"], "labels": [n for n, bit in enumerate(given["phoneme_mask"]) if bit],
                                    "character": given["char_id"], "position": given["position_id"]})
            out.write(json.dumps({"text": text, "taiwan": converted, "queries": queries}, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
