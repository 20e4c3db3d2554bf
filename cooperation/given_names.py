"""Given names: Belarusian ones with all their case forms, English spellings, and the family names
of East Asia, which stand before the given name. Own lists; Russian names come from pymorphy3."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple


class NameForm(NamedTuple):
    """One reading of a name's form: its nominative, gender (m, f) and case (n, g, d, a, i, l)."""

    nominative: str
    gender: str
    case: str


_MALE: Final = (
    "Адам Аляксандр Аляксей Алег Алесь Альберт Алімжан Анатоль Андрэй Антон Аркадзь Артур Арцём Арсен Азамат"
    " Багдан Барыс Бахтыяр Вадзім Валерый Валянцін Васіль Вольф Вікенцій Віктар Віталь Вінцук Вячаслаў"
    " Уладзімір Уладзіслаў Усевалад Генадзь Герман Георгій Глеб Григорый Рыгор Давід Даніл Данііл Даніла"
    " Дзмітрый Дзяніс Дзям'ян Душан Ермек Ержан Зміцер Захар Іван Ігар Ігнат Ілья Іосіф Казімір Кірыл"
    " Канстанцін Кузьма Кастусь Леанід Лявон Леў Лукаш Макар Максім Марат Марк Марцін Мацвей Мікалай"
    " Мікіта Міхаіл Міхась Міхал Мірон Назар Нікалай Алімжон Павел Пётр Пятро Пракоп Пилип Піліп Раман"
    " Радзівон Расціслаў Роберт Рустам Руслан Рыгор Рычард Сцяпан Станіслаў Сяргей Тарас Тыгран Цімафей"
    " Ціхан Тадэвуш Фёдар Фелікс Эдуард Эдвард Эрнест Юрый Юрась Юльян Якаў Ян Яўген Яўгеній Яраслаў Янка"
    " Ягор Ілдар Ільдар Рынат Рашыд Ашот Армен Арам Вазген Гагік Самвел Левон Нурлан Айбек Бакыт Марлен"
    " Шухрат Фархад Тымур Тамерлан Эльдар Эмін Гурам Георгі Нодар Зураб Вахтанг Мілан Мілаш Мілош Драган"
    " Зоран Горан Марка Іва Томаш Марэк Анджэй Пшэмыслаў Кшыштаф Ежы Яцак Войцех Пятрас Ёнас Андрус Яніс"
)
_FEMALE: Final = (
    "Алена Аляксандра Алеся Аліна Аліса Ала Алла Анастасія Анжаліка Анжэла Ангеліна Ганна Антаніна Анна"
    " Валерыя Валянціна Варвара Вераніка Вера Вольга Віялета Вікторыя Галіна Дар'я Дзіяна Дзіна Ева"
    " Евдакія Жанна Зінаіда Зоя Ірына Інга Іна Інэса Карына Кацярына Крысціна Ксенія Клаўдзія Лідзія Лілія"
    " Людміла Любоў Ларыса Лізавета Ліна Маргарыта Марына Марыя Марта Майя Мілана Надзея Наталля Наталья"
    " Наста Ніна Оксана Аксана Паліна Раіса Рыма Рэгіна Святлана Соф'я Стэфанія Таццяна Таісія Тамара"
    " Ульяна Ярына Эла Эльвіра Эма Юлія Яна Яўгенія Ядвіга Яніна Гульнара Айгуль Дзінара Мадзіна Лейла"
    " Нарынэ Анаіт Ніно Тэа Гюльнара Севіндж Жаннат Мілена Драгана Ядранка Агнешка Малгажата"
)
_IRREGULAR: Final = {
    "Павел": "Паўла Паўлу Паўла Паўлам Паўлу",
    "Пётр": "Пятра Пятру Пятра Пятром Пятру",
    "Леў": "Льва Льву Льва Львом Льву",
    "Любоў": "Любові Любові Любоў Любоўю Любові",
    "Арцём": "Арцёма Арцёму Арцёма Арцёмам Арцёме",
}
_CASES: Final = "gdail"
_HARD_MALE: Final = ("а", "у", "а", "ам", "е")
_SOFT_MALE: Final = ("я", "ю", "я", "ем", "ю")
_IN_A: Final = ("ы", "е", "у", "ай", "е")
_IN_SOFT_A: Final = ("і", "і", "ю", "яй", "і")
_SOFTENED: Final = {"к": "ц", "г": "з", "х": "с"}


def _declined(name: str) -> list[str]:
    """The genitive, dative, accusative, instrumental and locative of a Belarusian name."""
    if name in _IRREGULAR:
        return _IRREGULAR[name].split()
    if name.endswith("а"):
        stem, last = name[:-1], name[-2]
        soft = stem[:-1] + _SOFTENED[last] + "ы" if last == "к" else None
        return [
            stem + ("і" if last in "кгх" else "ы"),
            soft or stem[:-1] + _SOFTENED.get(last, last) + "е",
            stem + "у",
            stem + "ай",
            soft or stem[:-1] + _SOFTENED.get(last, last) + "е",
        ]
    if name.endswith("я"):
        return [name[:-1] + ending for ending in _IN_SOFT_A]
    if name[-1] in "йь":
        return [name[:-1] + ending for ending in _SOFT_MALE]
    if name[-1] in "оеёуюыіэ":
        return [name] * 5
    stem = name[:-1] + "в" if name.endswith("ў") else name
    return [stem + ending for ending in _HARD_MALE]


@cache
def belarusian_names() -> dict[str, tuple[NameForm, ...]]:
    """All forms of the Belarusian given names, each with its readings."""
    forms: dict[str, list[NameForm]] = {}
    for gender, names in (("m", _MALE), ("f", _FEMALE)):
        for name in dict.fromkeys(names.split()):
            forms.setdefault(name, []).append(NameForm(name, gender, "n"))
            if gender == "f" and name[-1] not in "аяў":
                continue
            for case, form in zip(_CASES, _declined(name), strict=True):
                forms.setdefault(form, []).append(NameForm(name, gender, case))
    return {form: tuple(readings) for form, readings in forms.items()}


ENGLISH: Final = frozenset(
    "Adam Ahmed Ahmad Aida Aigul Aleh Alena Ales Aleksandr Aleksander Aleksandra Aleksei Aleksey Alexander"
    " Alexandra Alexei Alexey Ali Alina Alla Amir Anatol Anatoli Anatoly Anastasia Andrea Andrei Andrey Andrew"
    " Andris Anna Anne Anton Antonina Antonio Anzhelika Arkady Arman Armen Arsen Artem Artur Artyom Ashot"
    " Askar Atamyrat Azamat Bakhtiyor Barys Bobur Bogdan Bohdan Boris Carlos Catherine Charles Christian"
    " Daniel Daniil Daria Darya David Denis Diana Diego Dina Dinara Dmitri Dmitry Dragan Dusan Dzmitry Eduard"
    " Ekaterina Elena Elvira Emin Emma Erik Ermek Eugene Farid Farkhad Fatima Fedor Felix Francisco Fyodor"
    " Galina Gennady George Georgi Georgy German Gleb Grigory Hanna Hassan Helena Herman Hussein Ibrahim Igor"
    " Ihar Ilham Ilia Ilnur Ilona Ilya Inna Iosif Irina Iryna Ivan Jamshid James Jan Jean Joao Johann John Jonas"
    " Jorge Jose Joseph Juan Julia Jury Kanstantsin Karen Karina Katsiaryna Khalid Kirill Kiryl Konstantin Kristina"
    " Ksenia Larisa Larysa Lars Laszlo Leanid Leonid Lev Lidia Liliya Lilia Lubov Luis Lyudmila Ludmila Maksim"
    " Margarita Maria Marina Maryna Mario Mark Marta Maxim Mehdi Merdan Michael Michał Miguel Mihail Mikalai"
    " Mikhail Mikita Milan Milos Mohammad Mohammed Muhammad Mustafa Nadezhda Natalia Nataliya Natallia Natalya"
    " Nikita Nikolai Nikolay Nina Nodar Nurlan Nursultan Oksana Oleg Olga Oscar Oxana Pavel Paul Pedro Peter Petr"
    " Piotr Polina Pyotr Rafael Raisa Ramil Raman Rashid Raul Robert Roman Rinat Rustam Ruslan Ryhor Samuel Sanjar"
    " Sergei Sergey Serhei Siarhei Sofia Stanislav Stepan Stefan Svetlana Sviatlana Taras Tatiana Tatsiana Tatyana"
    " Thomas Tigran Timur Tomas Uladzimir Uladzislau Ulyana Usman Vadim Vadzim Valentin Valentina Valeria Valery"
    " Valiantsin Vasil Vasily Vasiliy Vera Veronika Viachaslau Victor Victoria Viktar Viktor Viktoria Vital Vitali"
    " Vitaly Vladimir Vladislav Volha Vsevolod Vyacheslav Walter William Yana Yanina Yaroslav Yauhen Yegor"
    " Yekaterina Yelena Yerlan Yevgeny Yulia Yuri Yury Yusuf Zhanna Zinaida Zoran Zoya Zurab".split()
)
"""Given names in Latin letters, as Belarusian and partner countries' names are spelt in English."""

FAMILY_NAME_FIRST: Final = frozenset(
    "Бай Бао Вай Ван Вань Вэй Вэнь Гао Го Гу Гуань Гун Дай Ден Дин Ду Дун Дуань Дэн Жэнь И Инь Кан Ким Кун Лай"
    " Ле Лей Ли Линь Ло Лу Луань Лун Лэй Лю Люй Лян Ляо Ма Мао Мэн Нго Нгуен Ню Пан Пань Пэн Се Сон Су Сун"
    " Сунь Сы Сэ Сюй Сюн Сюэ Ся Сян Сяо Тан Тань Тао Тун Тянь У Фам Фан Фань Фу Фэн Хан Хань Хао Хо Хоанг Хоу"
    " Ху Хуан Хуанг Хэ Цай Цао Цзан Цзинь Цзо Цзоу Цзэн Цзя Цзян Цзяо Цинь Цю Цюй Цуй Цэнь Цянь Цяо Чан Чжан"
    " Чжао Чжен Чжоу Чжу Чжун Чжэн Чан Чон Чхве Чэн Чэнь Шао Ши Шэнь Юань Юй Юн Ян Янь Яо Пак Чо Лим Син Выонг"
    " Данг Ву Во Буй Динь Дао Зыонг Фунг Чинь Лю Цой Вэй Сі Си Лін Лю Лі Чжаа Чжоў Хуанг Лян Ляў Чжу Цзян Пекін"
    " Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song"
    " Tang Han Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lyu Lu Su Jiang Cai Jia Ding Wei Xue Ye"
    " Yan Pan Du Dai Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin Hao Kong Bai Cui Kang Mao Qiu"
    " Qin Gu Hou Shao Meng Long Wan Duan Lei Qian Yin Qiao Lai Gong Wen Xi Kim Park Lee Choi Jung Jang Lim Nguyen"
    " Tran Le Pham Hoang Phan Vu Dang Bui Do Ngo Duong".split()
) - {"Пекін"}
"""Family names of China, Korea and Vietnam: with one of these in front the order is kept."""
