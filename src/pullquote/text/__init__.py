"""Characters to documents: cleaning, tokens and sentences, all with raw offsets."""

from .clean import CleanText, clean_text
from .document import Document, document
from .sentences import sentences
from .tokens import Tokens, tokens

__all__ = ["CleanText", "Document", "Tokens", "clean_text", "document", "sentences", "tokens"]
