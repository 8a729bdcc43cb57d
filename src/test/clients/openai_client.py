"""One call of the official OpenAI SDK, as its users write it: openai_client.py BASE_URL KEY SCENARIO.

Prints what the SDK made of it as one line of JSON; when a stream is first heard, a line that says so before.
"""
import json
import sys
import tempfile
import time

import openai

base_url, key, scenario = sys.argv[1:]
hello = {"model": "gpt-4o-mini-tts", "voice": "ada", "input": "Hello"}


def client(retries=0):
    return openai.OpenAI(base_url=base_url, api_key=key, max_retries=retries)


def to_file():
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        client().audio.speech.create(**hello).write_to_file(file.name)
        return {"bytes": len(file.read())}


def streamed():
    total = 0
    with client().audio.speech.with_streaming_response.create(**hello, response_format="pcm") as response:
        for chunk in response.iter_bytes():
            if total == 0:
                print("heard", flush=True)
            total += len(chunk)
    return {"bytes": total, "type": response.headers["content-type"]}


def events():
    types = []
    with client().audio.speech.with_streaming_response.create(**hello, stream_format="sse") as response:
        for line in response.iter_lines():
            if line:
                types.append(json.loads(line.removeprefix("data: "))["type"])
    return {"types": types}


def midstream_error():
    """The SDK's own reader of events, as in its other streams."""
    read = 0
    stream = client().post("/audio/speech", body={**hello, "stream_format": "sse"}, cast_to=object, stream=True, stream_cls=openai.Stream[object])
    for _ in stream:
        read += 1
    return {"events": read}


def models():
    return {"ids": [model.id for model in client().models.list()], "one": client().models.retrieve("hum").id}


def retried():
    begun = time.monotonic()
    audio = client(retries=2).audio.speech.create(**hello).read()
    return {"bytes": len(audio), "seconds": time.monotonic() - begun}


def speak():
    """For errors."""
    return {"bytes": len(client().audio.speech.create(**hello).read())}


def bad_speed():
    client().audio.speech.create(**hello, speed=9)


def no_such_voice():
    client().audio.speech.create(**{**hello, "voice": "nobody"})


def add_voice():
    client().audio.voices.create(name="Eve", audio_sample=("a.wav", b"RIFF", "audio/wav"), consent="cons_1")


def too_long():
    client().audio.speech.create(**{**hello, "input": "a" * 4097})


try:
    found = globals()[scenario]()
except openai.APIStatusError as error:
    found = {"error": type(error).__name__, "status": error.status_code, "code": error.code, "param": error.param, "type": error.type,
             "id": error.request_id}
except openai.APIError as error:
    found = {"error": type(error).__name__, "code": error.code, "message": error.message}
print(json.dumps(found))
