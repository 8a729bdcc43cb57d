"""Reads pickles without the power to name a function."""

import io
import pickle


class DataUnpickler(pickle.Unpickler):
    """Reads containers, strings and numbers. A set is the only global that Python 2 pickles need for these."""

    def find_class(self, module: str, name: str):
        if (module, name) in (("__builtin__", "set"), ("builtins", "set")):
            return set
        raise pickle.UnpicklingError(f"{module}.{name} is not data")


def read_pickle(data: bytes):
    return DataUnpickler(io.BytesIO(data), encoding="utf-8").load()
