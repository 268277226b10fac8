"""Names typed for an old font are known from good Vietnamese and from foreign names."""

import pytest

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
    ],
)
def test_foreign_names_and_signs_are_left_alone(name):
    assert not is_in_an_old_font(name)
