"""Asks FastAPI what it says of values for upstream's request, and writes schema.jsonl. See README.md."""
import inspect
import json
import pathlib
from typing import List, Union
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import create_model

# spec/gpt-sovits.md 8.1, in the order of upstream's declarations
FIELDS = dict(text=(str, None), text_lang=(str, None), ref_audio_path=(str, None), aux_ref_audio_paths=(List[str], None), prompt_lang=(str, None),
              prompt_text=(str, ""), top_k=(int, 15), top_p=(float, 1), temperature=(float, 1), text_split_method=(str, "cut5"), batch_size=(int, 1),
              batch_threshold=(float, .75), split_bucket=(bool, True), speed_factor=(float, 1.), fragment_interval=(float, .3), seed=(int, -1),
              media_type=(str, "wav"), streaming_mode=(Union[bool, int], False), parallel_infer=(bool, True), repetition_penalty=(float, 1.35),
              sample_steps=(int, 32), super_sampling=(bool, False), overlap_length=(int, 2), min_chunk_length=(int, 16))
STRUCTURES = [None, [], {}, {"a": [1]}]
WHOLE = [1, -1, True, False, 1.0, -1.0, 0.0, 1.5, 1e2, 1e30, 2**63 - 1, 2**63, -2**63 - 1]
TEXTS = {
    "whole": ["7", " 7 ", "7.0", "7.00", "7.5", "1_0", "_1", "1_", "1__0", "-_1", "1_.0", "7_000.0", "7.0_0", "+7", "-7", "-0", "+-7", "--7", "+", "", " ", "x",
              "1e3", "0x10", "٣", "2" * 20, "007", "7.", ".0", "+ 7", "\u00a07", "7\n", "7\u0085", "\u001f7", "\u00007", "true", "1.0.0", "1 0", "1" * 4300, "1" * 4301],
    "number": ["1.5", " 1.5 ", "1e3", "1E3", "1e+3", "1e-3", "1_0.5", "_1.5", "1_.5", "1._5", "1.5_", "1__0.5", "1e1_0", "-_1", "inf", "-INF", "+nan", "Infinity",
               "infinit", "", " ", "x", "0x1p3", "1.5f", "1.5d", ".5", "5.", ".", "+.5", "1.e5", ".e5", "1e", "e1", "٣", "1 5", "+ 5", "true", "1e400", "1,5", "--1",
               "\u00a01.5", "\u001f1.5"],
    "truth": ["true", "TRUE", "tRuE", " true", "true ", "yes", "Y", "on", "t", "f", "off", "N", "no", "False", "0", "1", "2", "", "-1", "1.0", "00", "ı"],
}
BODIES = ["", "null", "[]", "\"a\"", "1", "true", "{}", "{\"text\":1,\"top_k\":\"x\",\"streaming_mode\":\"y\",\"min_chunk_length\":[]}", "{\"unheard_of\":[1]}",
          "{\"top_k\":\"x\",\"top_k\":1}", "{\"aux_ref_audio_paths\":[1,\"b\",null]}", "{\"aux_ref_audio_paths\":\"a\"}", "{\"aux_ref_audio_paths\":[\"a\"]}"]
QUERIES = ["top_k", "top_k=", "top_k=x&top_k=1", "top_k=1&top_k=x", "top_k=%2B1", "split_bucket=", "media_type=", "streaming_mode=", "TOP_K=x", "unheard_of=x",
           "top_p=x&top_k=y&streaming_mode=z&super_sampling=q&min_chunk_length=w"]

app = FastAPI()
Request = create_model("Request", **FIELDS)


@app.post("/tts")
def post(request: Request):
    return {}


def get(**_):
    return {}


get.__signature__ = inspect.Signature([inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
                                       for name, (kind, default) in FIELDS.items() if name != "aux_ref_audio_paths"])
app.get("/tts")(get)
client = TestClient(app)


def detail(answer):
    return answer.json()["detail"] if answer.status_code == 422 else None


def cases():
    of_kind = {int: ("top_k", WHOLE, "whole"), float: ("top_p", WHOLE + [2**70], "number"), bool: ("split_bucket", WHOLE + [2, 0.5, 2.0], "truth"),
               Union[bool, int]: ("streaming_mode", WHOLE + [4, 2.5], "whole")}
    bodies = list(BODIES)
    queries = list(QUERIES)
    for name, values, texts in of_kind.values():
        texts = TEXTS[texts] + (TEXTS["truth"] if name == "streaming_mode" else [])
        bodies += [json.dumps({name: value}) for value in values + STRUCTURES + texts]
        queries += [name + "=" + quote(text) for text in texts if len(text) < 1000]
    bodies += [json.dumps({"media_type": value}) for value in WHOLE + STRUCTURES]
    bodies += [json.dumps({name: None}) for name in FIELDS]
    for body in bodies:
        yield "POST", body, client.post("/tts", content=body.encode(), headers={"content-type": "application/json"})
    for query in queries:
        yield "GET", query, client.get("/tts?" + query)


with open(pathlib.Path(__file__).with_name("schema.jsonl"), "w", encoding="utf-8") as out:
    for method, given, answer in cases():
        out.write(json.dumps({"method": method, "given": given, "detail": detail(answer)}) + "\n")
