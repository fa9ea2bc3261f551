"""A file must exist, be readable, and contain UTF-8 text.

JSON exchanged between systems must be UTF-8. Other encodings are often used unintentionally: editors and shells on
Windows write UTF-16 when output is redirected, and text from older systems is Latin-1, in which one accented letter is
a byte that UTF-8 does not allow. A server either rejects such a body or replaces the bytes that it cannot decode, so
the model does not receive the intended words. A byte order mark at the start of a UTF-8 file is accepted. The finding
names the encoding if it can be detected, or else the first invalid byte and its offset.

This rule also reports a file that is missing, is a directory, cannot be opened, is too large to be a request, is
compressed (other than with gzip), or is a Git LFS pointer whose file was not fetched. The other files are still
checked. The rule runs even if it is not selected, unless it is ignored explicitly, and it cannot be recorded in a
baseline. Ignore it if files are expected to appear and disappear during a check. A path on the command line that does
not exist still ends the command with exit code 2.
"""

from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

RULE = Rule(
    code="MM002",
    name="unreadable-file",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    valid=(
        Valid(
            "Letters of several languages, in UTF-8.",
            text='{"messages": [{"role": "user", "content": "Grüße, 你好, שלום"}]}',
        ),
        Valid("A byte order mark at the start.", text='\ufeff{"messages": [{"role": "user", "content": "Hello"}]}'),
    ),
    invalid=(
        Invalid("Latin-1.", text='{"messages": [{"role": "user", "content": "Grüße"}]}'.encode("latin-1")),
        Invalid("UTF-16, as some shells write it.", text='\ufeff{"messages": []}'.encode("utf-16-le")),
    ),
)
