"""Vietnamese text: one stored form, search without diacritics, dictionary order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpcp_training.text import clean_text, dictionary_key, fold, letters_key, name_sort_key, search_words

# The vowels with each tone, in the order of the dictionary: ngang huyền hỏi ngã sắc nặng.
VOWELS = [
    *("aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị"),
    *("oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"),
]
LETTERS = "".join(VOWELS) + "bcdđghklmnpqrstvx"
words = st.text(alphabet=LETTERS + LETTERS.upper(), min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(st.text())
def test_clean_text_is_composed_trimmed_and_stays_as_it_is(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())


@given(names)
def test_composed_and_decomposed_text_are_the_same(name):
    decomposed = unicodedata.normalize("NFD", name)
    assert clean_text(decomposed) == clean_text(name)
    assert fold(decomposed) == fold(name)


@given(names)
def test_folded_vietnamese_is_plain_lower_case_ascii(name):
    folded = fold(name)
    assert folded.isascii()
    assert folded == folded.lower() == fold(folded)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đặng  Đức", "dang duc"),
        ("ĐẶNG ĐỨC", "dang duc"),
        ("Ðặng", "dang"),  # the Icelandic letter, often typed for Đ
        ("Nguyễn\u00a0Thị\u200bHằng", "nguyen thihang"),
        ("Hòa Hoà", "hoa hoa"),
        ("Ｎguyễn", "ｎguyen"),
        ("CB-0123", "cb-0123"),
        ("", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


def test_the_icelandic_letter_is_stored_as_the_vietnamese_one():
    assert clean_text("\u00d0ặng Văn \u00f0ức") == "\u0110ặng Văn \u0111ức"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hoà", "nguyễn thị hòa"),
        ("Uỷ viên", "Ủy viên"),
        ("THUỶ", "thủy"),
        ("Lý Quý Mỹ", "Lí Quí Mĩ"),
        ("Hy Kỳ Sỹ Tỵ", "Hi Kì Sĩ Tị"),
        ("\u00d0ến ngày", "\u0110ến ngày"),
        ("ĐẾN  NGÀY", "Đến ngày"),
    ],
)
def test_the_same_letters_agree(one, other):
    assert letters_key(one) == letters_key(other)
    assert letters_key(unicodedata.normalize("NFD", one)) == letters_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anh", "Ánh"), ("Hòa", "Hoa"), ("An", "Ân"), ("Đức", "Dức"), ("Mai", "May"), ("Thuý", "Thúi"), ("Huy", "Hui")],
)
def test_other_letters_do_not_agree(one, other):
    assert letters_key(one) != letters_key(other)


@given(names)
def test_what_has_the_same_letters_is_found_by_the_same_search(name):
    assert letters_key(name) == letters_key(name.upper()) == letters_key(clean_text(name))


def test_search_words_are_folded_and_separate():
    assert search_words("  Đức   Đặng ") == ["duc", "dang"]
    assert search_words(" \u200b ") == []
    assert search_words("an An ân bình") == ["an", "binh"]


def test_characters_excel_and_the_database_refuse_are_taken_out():
    assert clean_text("a\x00b\x0bc\ud800d\uffff") == "abcd"


@given(st.permutations(["An", "Anh", "Ánh", "Ăn", "Ân", "Dung", "Dũng", "Duy", "Đạt", "Đức", "Em", "Ích", "Ôn", "Ơn"]))
def test_given_names_in_the_order_of_the_dictionary(shuffled):
    ordered = sorted(shuffled, key=name_sort_key)
    assert ordered == ["An", "Anh", "Ánh", "Ăn", "Ân", "Dung", "Dũng", "Duy", "Đạt", "Đức", "Em", "Ích", "Ôn", "Ơn"]


def test_each_vowel_before_the_next_and_its_tones_in_order():
    tones = [letter for vowel in VOWELS for letter in vowel]
    assert sorted(tones, key=dictionary_key) == tones


def test_a_tone_matters_only_where_the_letters_are_the_same():
    assert sorted(["mã số", "ma trận", "má", "ma"], key=dictionary_key) == ["ma", "má", "mã số", "ma trận"]


@given(names, names)
def test_different_names_have_different_keys(one, other):
    assert (name_sort_key(one) == name_sort_key(other)) == (one == other)


@given(words, words, words, words)
def test_persons_are_ordered_by_given_name_before_family_name(family, given_name, other_family, other_given_name):
    if dictionary_key(given_name) < dictionary_key(other_given_name):
        assert name_sort_key(f"{family} {given_name}") < name_sort_key(f"{other_family} {other_given_name}")


@given(st.text(max_size=60))
def test_every_text_has_a_key_that_all_databases_order_alike(text):
    key = name_sort_key(text)
    assert set(key) <= set("0123456789abcdef")


def test_characters_that_turn_the_direction_of_a_text_are_no_part_of_a_name():
    assert clean_text("\u202eNguyễn\u2066 An") == "Nguyễn An"
