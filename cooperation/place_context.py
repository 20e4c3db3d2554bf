"""The words around a name, and the words like names, that decide whether it is a place."""

from __future__ import annotations

import re

from cooperation.listed import listed

STREETS = listed(
    """ул улица улице улицы улицу улицей проспект проспекта проспекте пр-т пр-те просп переулок
    переулке площадь площади площадью бульвар бульваре шоссе тракт тракте набережная набережной
    метро микрорайон микрорайоне крепость крепости крепостью море мост вуліца вуліцы вуліцу
    праспект праспекта праспекце плошча плошчы завулак крэпасць крэпасці street avenue square
    fortress road"""
)
# What stands right before the name of a town, whatever else the word means.
PLACE_BEFORE = listed(
    """в во из г гор город города городе городу городом городов по у ў з са горад горада горадзе
    гораду гарадоў под до через к ко около н.п д п пос деревня деревне in from to near at city"""
)
TOWN_BEFORE = listed(
    "г гор город города городе городу городом пгт пос посёлок поселок горад горада горадзе"
)
# What the adjective of a small town has to stand before.
ADMINISTRATION = re.compile(
    "район|раён|рай(?:сов|исп|вык)|обл|вобл|абл|горо|гора|горис|горсов|гарв|администр|адміністр"
    "|муницип|муніцып|округ|акруг|окружн|мэр|кра[йяюе]|краев"
)
REGIONAL = re.compile("обл|абл|вобл|губерн")
# Capitals whose adjective means the region around them in front of «область».
REGION_AROUND = {
    "BY-HM": "BY-MI", "RU-MOW": "RU-MOS", "UZ-TK": "UZ-TO", "UA-30": "UA-32", "KZ-75": "KZ-19",
}  # fmt: skip
ADJECTIVE_ENDINGS = ("ской", "ская", "ский", "цкой", "скай", "цкай")
JOINS = listed(", и і ды да а также таксама and")
# Words of Belarusian and English, and other names, that are towns only behind a preposition.
DOUBTFUL_WORDS = listed(
    """мир міра мір свет праца гори горкі ветка веткі вёска масты карма бяроза бярозы глыбокае
    круглае узда дон спартак горизонт гарызонт планар пеленг атлант интеграл інтэграл марко марка
    полесье палессе червень чэрвень чэрвеня червеня свислочь штаты савушкин гефест нигер днепр
    днепра днепру днепром днепре дняпро дняпра дняпры нёман уладзімір уладзіміра уладзіміру
    уладзімірам
    софия софии софию сафія лида лиды лиде лиду ліда ліды лідзе ліду of mobile reading nice bath
    best orange most split mary sever sim"""
)
# City districts everywhere bear these names; so do the Urals, the Slavs, the sea and the rivers.
NO_TOWN = re.compile(
    "советск|савецк|ленинск|ленінск|центральн|цэнтральн|октябрьск|акцябрск|первомайск|першамайск"
    "|заводск|железнодорож|фрунзенск|партизанск|партызанск|красноармейск|комсомольск"
    "|калининск"
    "|калінінск|пролетарск|волжск|уральск|славянск|северск|мирн|южн|восточн|озерск|донск|братск"
    "|брацк|свободн|речн|солнечн|нагорн|пушкинск|пушкінск|суворовск|сувораўск|королевск|горск"
)
# Without a word of administration behind it: a surname, a street, a common word.
NEEDS_ADMINISTRATION = re.compile(
    "кировск|кіраўск|дзержинск|дзяржынск|ивановск|іванаўск|краснопольск|городокск|мостовск"
    "|берёзовск|березовск|березинск|бярэзінск|троицк|никольск|покровск|михайловск|павловск|мариинск"
)
CITY_DISTRICT = re.compile("(?:московск|маскоўск|ленинградск|ленінградск|октябрьск|акцябрск)")
DISTRICT = re.compile("район|раён")
NAMED_AFTER = listed("имени им імя імені памяти памяці")
