"""All language work of the program: Russian, Belarusian and English behind one seam."""

from cooperation.language.searching import query_keys, search_keys
from cooperation.language.splitting import Sentence, Token, sentences, tokens
from cooperation.language.stems import key, stem
from cooperation.language.writing import clean, detect, normalise
from cooperation.spoken import Language

__all__ = [
    "Language",
    "Sentence",
    "Token",
    "clean",
    "detect",
    "key",
    "normalise",
    "query_keys",
    "search_keys",
    "sentences",
    "stem",
    "tokens",
]
