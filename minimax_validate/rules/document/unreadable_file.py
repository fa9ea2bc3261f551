"""A file must exist, be readable, and hold UTF-8 text.

JSON that travels between systems is UTF-8. Other encodings often arrive unseen: editors and shells on Windows write
UTF-16 when output is redirected, and text from older systems is Latin-1, where a single accented letter is a byte that
UTF-8 does not allow. A server either refuses such a body or replaces what it cannot read, and the model then sees other
words than were written. A byte order mark at the start of a UTF-8 file is accepted. The finding names the encoding
where it can be told, or the first byte that is wrong and its offset.

A file that is missing, is a directory, may not be read, or is too large to be a request is reported here too, and so is
one that is packed (other than with gzip) or a pointer of Git LFS, whose own file was not fetched. The other files are
checked all the same. It is reported whatever rules are selected, unless it is ignored by itself, and no baseline lists
it. Ignore it where files are expected to come and go during a check. A path of the command line that does not exist
ends the command with exit code 2 all the same.
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
            "Letters of any language, in UTF-8.",
            text='{"messages": [{"role": "user", "content": "Grüße, 你好, שלום"}]}',
        ),
        Valid("A byte order mark at the start.", text='\ufeff{"messages": [{"role": "user", "content": "Hello"}]}'),
    ),
    invalid=(
        Invalid("Latin-1.", text='{"messages": [{"role": "user", "content": "Grüße"}]}'.encode("latin-1")),
        Invalid("UTF-16, as some shells write it.", text='\ufeff{"messages": []}'.encode("utf-16-le")),
    ),
)
