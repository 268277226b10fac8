"""Names typed for an old font are known from good Vietnamese and from foreign names."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.names import GIVEN_NAMES, MIDDLE_NAMES, SURNAMES
from vpcp_training.old_fonts import is_in_an_old_font


@pytest.mark.parametrize(
    "name",
    [
        "NguyÔn V¨n An",
        "TrÇn ThÞ B×nh",
        "Lª Hoµng",
        "L\u00adu Quang",
        "D\u00ad¬ng §ç",
        "Bïi Hïng",
        "Ph¹m Thñy",
        "NGUYÔN V¡N AN",
        "nguyÔn v¨n an",
        "§Æng",
        "Vô Tæng hîp",
        "Côc Qu¶n trÞ",
        "Tin häc c¬ b¶n Excel 2010",
        "Nguyễn V¨n An",
        "Ama K«ng",
        "H'Hen Niª",
        "Rmah H©n",
        "Siu Bl¨h",
        "NguyÔn §¾k L¾k",
        "£ban",
        "Vò Quèc BÝch",
    ],
)
def test_tcvn3_is_recognised(name):
    assert is_in_an_old_font(name)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyeãn Vaên An",
        "NGUYEÃN VAÊN AN",
        "Traàn Thò Bình",
        "Leâ Lôïi",
        "Ñoã Thò Höông",
        "Ñaëng Quyønh",
        "Quoác",
        "Nghóa",
        "Vuï Toång hôïp",
        "Tröôøng Ñaïi hoïc",
        "Ama Koâng",
        "H'Hen Nieâ",
        "Siu Blaêh",
        "Ñinh Nuùp",
    ],
)
def test_vni_is_recognised(name):
    assert is_in_an_old_font(name)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An",
        "Nguye\u0302\u0303n Va\u0306n An",
        "Hoà Bình",
        "Trần Thuỳ Quý",
        "Ðặng Đình Ðức",
        "Lý Dòng Vò Tó",
        "Y Bhăm Êban",
        "Ksor Phước",
        "K'Krông",
        "KÔN SƠN TÂY",
        "Đinh Núp",
        "Y Ngông Niê Kđăm",
        "H'Hen Niê",
        "Ksor Krơn",
        "Kpă Klơng",
        "Buôn Êa Súp",
        "Ayun Hạ",
        "Trường CÐ Lạng Sơn",
        "HÐ lao động",
        "NguyÊn HoÀng",
        "Nguy\u00adễn Văn An",
        "Lê An",
        "An",
        "",
    ],
)
def test_vietnamese_is_left_alone(name):
    assert not is_in_an_old_font(name)


@pytest.mark.parametrize(
    "name",
    [
        "René Müller",
        "José Núñez Peña",
        "Ñ",
        "Anaïs",
        "João Leão",
        "Raúl Michaël Noël",
        "Loïc Martin",
        "Hélène Bùi",
        "Björn Åkesson",
        "Søren Løvås",
        "Çelik Öz",
        "Þór Óðinsson",
        "Zürich",
        "Curaçao, Réunion, Haïti",
        "Lớp «Café» © 2012",
        "Windows® 10×20 §5 ½",
        "Micro© HP© «Em» Gal·la",
    ],
)
def test_foreign_names_and_signs_are_left_alone(name):
    assert not is_in_an_old_font(name)


_NAMES = st.tuples(*map(st.sampled_from, (SURNAMES, MIDDLE_NAMES, GIVEN_NAMES)))
# The marked letters of these names, and what the old fonts hold for them.
_MARKED = "ÁàáâêìíòôõùúýăĐũơưạảấầắằặếềễệịọốồỗờủứữỳ"
_IN_TCVN3 = dict(zip(_MARKED, "¸µ¸©ª×Ýß«âïóý¨§ò¬\u00ad¹¶ÊÇ¾»ÆÕÒÔÖÞäèåçêñø÷ú", strict=True))
_VNI = "Aù aø aù aâ eâ ì í oø oâ oõ uø uù yù aê Ñ uõ ô ö aï aû aá aà aé aè aë eá eà eã eä ò oï oá oà oã ôø uû öù öõ yø"
_IN_VNI = dict(zip(_MARKED, _VNI.split(), strict=True))
# Syllables that they hold as others could be spelled as well: Vũ as Vò, Hồng as Hoàng.
_UNTOLD_IN_TCVN3 = {"Vũ", "Võ", "Lý", "Dũng", "Phúc", "Tú", "Tuấn"}
_UNTOLD_IN_VNI = {"Thị", "Hồ", "Hồng", "Bích", "Bình", "Sơn"}


@given(_NAMES, st.sampled_from([str, str.upper, str.lower]), st.sampled_from(["NFC", "NFD"]))
def test_no_well_spelled_name_is_suspected(syllables, in_case, form):
    assert not is_in_an_old_font(unicodedata.normalize(form, in_case(" ".join(syllables))))


@given(_NAMES, st.sampled_from([(_IN_TCVN3, _UNTOLD_IN_TCVN3), (_IN_VNI, _UNTOLD_IN_VNI)]))
def test_two_marked_syllables_give_an_old_font_away(syllables, font):
    letters, untold = font
    marked = {syllable for syllable in syllables if not syllable.isascii()}
    assume(len(marked) > 1 and not marked <= untold)
    assert is_in_an_old_font("".join(letters.get(letter, letter) for letter in " ".join(syllables)))
