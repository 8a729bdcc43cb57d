"""What tools/openapi/fuzz does to the requests that schemathesis generates."""
import schemathesis

# Enough for several sentences; the longest that are allowed would be spoken for minutes each, and those that are longer still are refused.
SPOKEN = 120
ALLOWED = 4096


def shorten(fields, name):
    text = fields.get(name) if isinstance(fields, dict) else None
    if isinstance(text, str) and SPOKEN < len(text) <= ALLOWED:
        fields[name] = text[:SPOKEN]


@schemathesis.hook
def before_call(context, case, kwargs):
    for name in ("input", "text"):
        shorten(case.body, name)
        shorten(case.query, name)
