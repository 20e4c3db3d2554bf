"""What a sum is the sum of, in one to five words of the text."""

from __future__ import annotations

import re
from typing import Final

from cooperation.language import Sentence
from cooperation.russian import readings
from cooperation.wordlists import words as listed

_HEAD: Final = re.compile(
    r"(?<!\w)(?:(?:внешне|взаимо|сельхоз)?торгов(?:л[яиюей]+|ый\s+оборот)|товарооборот\w*|тавараабарот\w*|оборот\w*"
    r"|абарот\w*|экспорт\w*|экспарт\w*|импорт\w*|імпарт\w*|поставк\w+|пастаўк\w+|контракт\w*|кантракт\w*"
    r"|договор\w*|дагавор\w*|сделк\w+|стоимост\w+|стоить|кошт\w*|цен[аыуе]|цана|цэн[аыу]|тариф\w*|тарыф\w*"
    r"|сумм[аыуе]|сум[аы]|бюджет\w*|инвестици\w+|інвестыцы\w+|вложени\w+|грант\w*|кредит\w*|крэдыт\w*|субсиди\w+"
    r"|субсіды\w+|финансировани\w+|фінансаванн\w+|расход\w*|выдатк\w+|затрат\w*|выручк\w+|закупк\w+|куплі|покупк\w+"
    r"|заказ\w*|оплат\w+|аплат\w+|плат[аыуе]|взнос\w*|комисси[яюи]|услуг\w*|паслуг\w*|доход\w*|помощь|долг\w*"
    r"|turnover|trade|exports?|imports?|contracts?|deals?|orders?|value|price|costs?|budget|investments?|grants?"
    r"|loans?|subsid\w+|fund(?:ing|s)?|fees?|tariffs?|purchases?|deliver\w+|supplies|sales|outlay|services)(?!\w)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_][\w'-]*")
_STOP: Final = frozenset(listed("amounts", "subject_stops"))
_MOST_WORDS: Final = 5
_FARTHEST: Final = 250  # characters of the sentence to each side of the sum


def subject(plain: str, sentence: Sentence, start: int, end: int) -> str:
    """Up to five words of the sentence that say what the sum ``plain[start:end]`` is for, or "".

    The nearest money word before the sum («товарооборот», "contract") with the words that hang on
    it, else the nearest one behind it, else the words right before the sum.
    """
    before = plain[max(sentence.start, start - _FARTHEST) : start]
    heads = list(_HEAD.finditer(before))
    if heads:
        return _phrase(before[heads[-1].start() :])
    after = plain[end : max(end, min(sentence.end, end + _FARTHEST))]
    if head := _HEAD.search(after):
        return _phrase(after[head.start() :])
    return _phrase(re.split(r"[,;:–(]", before.rstrip(" –,:("))[-1]) or _phrase(after)


def _phrase(text: str) -> str:
    words: list[str] = []
    position = 0
    for word in _WORD.finditer(text):
        gap = text[position : word.start()].strip()
        if words and (gap not in {"", '"'} or word.group().lower() in _STOP):
            break
        position = word.end()
        if word.group().lower() in _STOP:
            continue
        if words and _is_verb(word.group()):
            break
        words.append(word.group())
        if len(words) == _MOST_WORDS:
            break
    return " ".join(words)


def _is_verb(word: str) -> bool:
    found = readings(word)
    return bool(found) and found[0].known and found[0].part in {"VERB", "ADVB", "PRTS", "INFN"}
