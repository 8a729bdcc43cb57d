"""What GPT-SoVITS itself defines, from a package that carries its files."""

import ast

from packages import Package

SOVITS_TEXT = "GPT_SoVITS/text/"


def symbol_list(sovits: Package) -> list[str]:
    """The list symbols2.py ends with: the v1 symbols sorted, two Japanese marks, then the Korean and the Cantonese ones, sorted each."""
    part = {}
    for statement in ast.parse(sovits.read(SOVITS_TEXT + "symbols2.py")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, (ast.List, ast.Set, ast.Constant)):
            part[statement.targets[0].id] = ast.literal_eval(statement.value)
    v1 = {part["pad"], *part["c"], *part["v"], *part["ja_symbols"], *part["punctuation"], "-", "SP", "SP2", "SP3", "UNK", *part["arpa"]}
    return [*sorted(v1), "[", "]", *sorted(part["ko_symbols"]), *sorted(part["yue_symbols"])]
