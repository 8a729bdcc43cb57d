#!/usr/bin/env python3
"""Word error rate of a running Utter server, heard by pocketsphinx.

Every sentence is spoken once per seed, resampled to 16 kHz 16-bit mono with 0.3 s of silence at both ends, and given to
pocketsphinx with its general en-us model, dictionary and language model. The word error rate of a row is the sum of the
word edit distances divided by the sum of the reference words. The recogniser makes many errors even on good speech:
compare rows, not absolute numbers. The interval is a 95 % bootstrap over sentences, so it covers the choice of
sentences, not the recogniser's taste.

The script also looks for speech that was cut off or ran away: length against the number of characters, silence at
both ends, loudness of the last 10 ms, first and last word.

Needs: python3, sox, pocketsphinx, pocketsphinx-en-us (Debian 12; `pocketsphinx_continuous`).
For the control rows: flite; festival and festvox-us-slt-hts.

    wer.py http://localhost:8080 sentences.txt
    wer.py http://localhost:8080 given.txt extra.txt --seeds 1 2 3 \\
        --controls flite:rms festival:cmu_us_slt_arctic_hts --out result
"""

import argparse
import array
import io
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import wave
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import median

DICTIONARY = Path("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict")
RECOGNISER_RATE = 16_000  # Hz, what the en-us model was trained on
PADDING_SECONDS = 0.3
REQUEST_TIMEOUT_SECONDS = 120
FRAME_SECONDS = 0.01

SILENCE_DB = -40.0  # a frame this far below the loudest frame of its file is silent
ABRUPT_END_DB = -25.0  # a last frame louder than this, against the loudest, was probably cut off
LONG_SILENCE_SECONDS = 0.5  # at either end
LENGTH_TOLERANCE = 0.35  # of the length the row's own trend predicts

BOOTSTRAP_ROUNDS = 2_000
WORST_SENTENCES = 10


# --- Text ---------------------------------------------------------------------------------------------------------

UNITS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def spoken(number: int) -> str:
    """A whole number below a million, in words, the American way (no "and")."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f" {UNITS[number % 10]}" if number % 10 else "")
    if number >= 1_000_000:
        raise ValueError(f"write {number} in words")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % size
    return f"{spoken(number // size)} {name}" + (f" {spoken(rest)}" if rest else "")


def words(text: str) -> list[str]:
    """Lower case, digits spoken, no punctuation except the apostrophe inside a word."""
    text = text.lower().replace("\u2019", "'")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\d+", lambda digits: f" {spoken(int(digits[0]))} ", text)
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text)


def edit_distance(reference: list[str], heard: list[str]) -> int:
    previous = list(range(len(heard) + 1))
    for i, wanted in enumerate(reference, 1):
        current = [i]
        for j, got in enumerate(heard, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (wanted != got)))
        previous = current
    return previous[-1]


def recogniser_vocabulary() -> set[str]:
    with DICTIONARY.open(encoding="utf-8") as lines:
        return {line.split("(")[0].split()[0] for line in lines if line.strip()}


# --- Voices: each takes a text and a path, and writes a WAV file there --------------------------------------------

class UtterVoice:
    def __init__(self, url: str, seed: int):
        self.name = f"utter seed {seed}"
        self.url = url.rstrip("/") + "/v1/audio/speech"
        self.seed = seed

    def speak(self, text: str, path: Path) -> None:
        body = json.dumps({"input": text, "seed": self.seed, "response_format": "wav"}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_SECONDS) as response:
            streamed = response.read()
        # A streamed WAV header cannot know the length (it says 0xFFFFFFFF); write one that does.
        with wave.open(io.BytesIO(streamed)) as source, wave.open(str(path), "wb") as target:
            target.setnchannels(source.getnchannels())
            target.setsampwidth(source.getsampwidth())
            target.setframerate(source.getframerate())
            target.writeframes(source.readframes(source.getnframes()))


class FliteVoice:
    def __init__(self, voice: str):
        self.name = f"flite {voice}"
        self.voice = voice

    def speak(self, text: str, path: Path) -> None:
        run("flite", "-voice", self.voice, "-t", text, "-o", path)


class FestivalVoice:
    def __init__(self, voice: str):
        self.name = f"festival {voice}"
        self.voice = voice

    def speak(self, text: str, path: Path) -> None:
        run("text2wave", "-eval", f"(voice_{self.voice})", "-o", path, stdin=text)


CONTROL_ENGINES = {"flite": FliteVoice, "festival": FestivalVoice}


def control(spec: str):
    engine, _, voice = spec.partition(":")
    if engine not in CONTROL_ENGINES or not voice:
        raise argparse.ArgumentTypeError(f"{spec}: expected flite:VOICE or festival:VOICE")
    return CONTROL_ENGINES[engine](voice)


# --- Audio --------------------------------------------------------------------------------------------------------

def run(*command, stdin: str | None = None) -> str:
    return subprocess.run([str(part) for part in command], input=stdin, check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def resample(source: Path, target: Path) -> None:
    # -D: no dither, so that the same speech always gives the same samples
    run("sox", "-D", source, "-r", RECOGNISER_RATE, "-b", 16, "-c", 1, target, "pad", PADDING_SECONDS, PADDING_SECONDS)


def recognise(path: Path) -> list[str]:
    """The words of all the utterances that the recogniser's voice detector finds in the file."""
    return words(run("pocketsphinx_continuous", "-infile", path, "-logfn", os.devnull))


@dataclass(frozen=True)
class Shape:
    """What the samples say about how speech begins, ends and how long it is, in seconds and dB."""
    seconds: float
    leading_silence: float
    trailing_silence: float
    end_level: float  # of the last 10 ms, against the loudest 10 ms


def shape(path: Path) -> Shape:
    with wave.open(str(path)) as audio:
        if audio.getnchannels() != 1 or audio.getsampwidth() != 2:
            raise ValueError(f"{path}: not 16-bit mono")
        rate = audio.getframerate()
        samples = array.array("h", audio.readframes(audio.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    size = round(rate * FRAME_SECONDS)
    if len(samples) < size:
        return Shape(len(samples) / rate, 0.0, 0.0, 0.0)
    # counted from the end, so that the last frame is a full one
    energies = [sum(s * s for s in samples[end - size:end]) for end in range(len(samples), size - 1, -size)][::-1]
    loudest = max(max(energies), 1)
    levels = [10 * math.log10(max(energy, 1) / loudest) for energy in energies]
    voiced = [i for i, level in enumerate(levels) if level > SILENCE_DB]
    if not voiced:
        return Shape(len(samples) / rate, 0.0, len(samples) / rate, levels[-1])
    return Shape(len(samples) / rate, voiced[0] * FRAME_SECONDS, (len(levels) - 1 - voiced[-1]) * FRAME_SECONDS,
                 levels[-1])


# --- Measuring ----------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Sentence:
    source: str  # the file it came from
    text: str


@dataclass
class Result:
    row: str
    sentence: Sentence
    heard: list[str]
    errors: int
    shape: Shape
    flags: list[str] = field(default_factory=list)

    @property
    def reference(self) -> list[str]:
        return words(self.sentence.text)


def measure(voice, sentence: Sentence, stem: Path) -> Result:
    original, prepared = stem.with_suffix(".wav"), stem.with_suffix(".16k.wav")
    voice.speak(sentence.text, original)
    resample(original, prepared)
    heard = recognise(prepared)
    prepared.unlink()
    return Result(voice.name, sentence, heard, edit_distance(words(sentence.text), heard), shape(original))


def trend(points: list[tuple[int, float]]):
    """The straight line with the median slope (Theil-Sen), which a few runaways do not bend."""
    slope = median([(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2] or [0.0])
    offset = median(y - slope * x for x, y in points)
    return lambda x: offset + slope * x


def flag(results: list[Result]) -> None:
    """Marks what looks cut off or run away. Lengths are judged by the row's own trend over characters."""
    expect = trend([(len(result.sentence.text), result.shape.seconds) for result in results])
    for result in results:
        expected = expect(len(result.sentence.text))
        if abs(result.shape.seconds - expected) > LENGTH_TOLERANCE * expected:
            result.flags.append(f"{result.shape.seconds:.2f} s, expected {expected:.2f} s")
        if result.shape.leading_silence > LONG_SILENCE_SECONDS:
            result.flags.append(f"{result.shape.leading_silence:.2f} s of silence before")
        if result.shape.trailing_silence > LONG_SILENCE_SECONDS:
            result.flags.append(f"{result.shape.trailing_silence:.2f} s of silence after")
        if result.shape.end_level > ABRUPT_END_DB:
            result.flags.append(f"ends at {result.shape.end_level:.0f} dB")


def word_error_rate(results: list[Result]) -> float:
    return 100 * sum(result.errors for result in results) / sum(len(result.reference) for result in results)


def interval(results: list[Result]) -> tuple[float, float]:
    """95 % bootstrap over sentences; the seeds of one sentence stay together."""
    by_sentence: dict[Sentence, list[int]] = {}
    for result in results:
        totals = by_sentence.setdefault(result.sentence, [0, 0])
        totals[0] += result.errors
        totals[1] += len(result.reference)
    pairs = list(by_sentence.values())
    draw = random.Random(0)
    rates = []
    for _ in range(BOOTSTRAP_ROUNDS):
        sample = draw.choices(pairs, k=len(pairs))
        rates.append(100 * sum(errors for errors, _ in sample) / sum(count for _, count in sample))
    rates.sort()
    return rates[round(0.025 * BOOTSTRAP_ROUNDS)], rates[round(0.975 * BOOTSTRAP_ROUNDS) - 1]


# --- Report -------------------------------------------------------------------------------------------------------

def percentage(results: list[Result], holds) -> str:
    return f"{100 * sum(map(holds, results)) / len(results):.0f} %"


def table_line(name: str, results: list[Result], sources: list[str]) -> str:
    low, high = interval(results)
    cells = [name, str(len(results)), f"{word_error_rate(results):.1f} %", f"{low:.1f}-{high:.1f}"]
    if len(sources) > 1:
        cells += [f"{word_error_rate([r for r in results if r.sentence.source == source]):.1f} %" for source in sources]
    cells += [
        percentage(results, lambda r: r.errors == 0),
        percentage(results, lambda r: r.heard[:1] == r.reference[:1]),
        percentage(results, lambda r: r.heard[-1:] == r.reference[-1:]),
        f"{sum(r.shape.seconds for r in results) / sum(len(r.sentence.text) for r in results) * 1000:.0f}",
        f"{max(r.shape.trailing_silence for r in results):.2f}",
        str(sum(bool(r.flags) for r in results)),
    ]
    return "| " + " | ".join(cells) + " |"


def report(results: list[Result], sources: list[str], own_rows: list[str]) -> None:
    by_row: dict[str, list[Result]] = {}
    for result in results:
        by_row.setdefault(result.row, []).append(result)
    own = [result for row in own_rows for result in by_row[row]]

    heads = ["voice", "spoken", "WER", "95 %"] + (sources if len(sources) > 1 else []) + [
        "no error", "first word", "last word", "ms/char", "longest end silence, s", "flags"]
    print("\n| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for name, row in by_row.items():
        print(table_line(name, row, sources))
    if len(own_rows) > 1:
        print(table_line("utter, all seeds", own, sources))

    print("\nWorst sentences (errors over all seeds / words said; what was heard):")
    by_sentence: dict[Sentence, list[Result]] = {}
    for result in own:
        by_sentence.setdefault(result.sentence, []).append(result)
    worst = sorted(by_sentence.items(), key=lambda item: -word_error_rate(item[1]))[:WORST_SENTENCES]
    for sentence, said in worst:
        print(f"- {sum(r.errors for r in said)}/{sum(len(r.reference) for r in said)} {sentence.text}")
        for heard in dict.fromkeys(" ".join(r.heard) for r in said):
            print(f"    {heard or '(nothing)'}")

    flagged = [result for result in results if result.flags]
    print(f"\nSuspicious audio: {len(flagged) or 'none'}")
    for result in flagged:
        print(f"- {result.row}: {result.sentence.text} [{'; '.join(result.flags)}]")


def save(results: list[Result], path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for result in results:
            lines.write(json.dumps(asdict(result) | {"words": len(result.reference)}) + "\n")


# --- Command line -------------------------------------------------------------------------------------------------

def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="base URL of a running server")
    parser.add_argument("sentences", nargs="+", type=Path, help="one sentence per line; each file also gets its own WER")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--controls", nargs="*", type=control, default=[], metavar="ENGINE:VOICE")
    parser.add_argument("--out", type=Path, help="keep the audio and results.jsonl in this folder")
    return parser.parse_args()


def read_sentences(files: list[Path]) -> list[Sentence]:
    sentences = [Sentence(path.stem, line.strip()) for path in files
                 for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not sentences:
        sys.exit("No sentences.")
    unknown = {word for sentence in sentences for word in words(sentence.text)} - recogniser_vocabulary()
    if unknown:
        sys.exit(f"The recogniser cannot hear these words, they are not in its dictionary: {', '.join(sorted(unknown))}")
    return sentences


def main() -> None:
    options = arguments()
    for tool in ("sox", "pocketsphinx_continuous"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed.")
    sentences = read_sentences(options.sentences)
    own = [UtterVoice(options.server, seed) for seed in dict.fromkeys(options.seeds)]
    results = []
    with tempfile.TemporaryDirectory(prefix="wer-") as scratch:
        folder = options.out or Path(scratch)
        for voice in own + options.controls:
            audio = folder / voice.name.replace(" ", "-")
            audio.mkdir(parents=True, exist_ok=True)
            row = []
            for number, sentence in enumerate(sentences, 1):
                print(f"\r{voice.name}: {number}/{len(sentences)} ", end="", file=sys.stderr, flush=True)
                row.append(measure(voice, sentence, audio / f"{number:03}"))
            print(file=sys.stderr)
            flag(row)
            results += row
        if options.out:
            save(results, folder / "results.jsonl")
    report(results, list(dict.fromkeys(s.source for s in sentences)), [voice.name for voice in own])


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{' '.join(failed.cmd)}: {failed.stderr.strip()}")
    except urllib.error.HTTPError as failed:
        sys.exit(f"{failed.url}: {failed.code} {failed.read().decode(errors='replace')}")
    except urllib.error.URLError as failed:
        sys.exit(f"Cannot reach the server: {failed.reason}")
