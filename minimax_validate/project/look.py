"""Look at what is passed over, for messages in a form that is not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minimax_validate.project.forms import Form
    from minimax_validate.texts.document import Document


@dataclass(slots=True, eq=False, repr=False)
class Look:
    """Looks at the documents of one file that are passed over, for a form that is not read."""

    form: Form | None = None

    def __call__(self, document: Document) -> None:
        """Look at one of them."""
        if self.form is None:
            from minimax_validate.project.forms import form_of  # most files of a walk have no document

            self.form = form_of(document)
